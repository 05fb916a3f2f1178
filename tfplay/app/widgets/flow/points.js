// Points that travel along the lines, on a canvas of their own.

const MOST_POINTS = 150;
const MOVES_IN = {
    whole: ["embed", "residual", "attention", "cross", "answer"],
    tokens: [], embeddings: ["embed"], attention: ["attention", "cross"], blocks: ["residual"],
    answer: ["answer"],
};
const still = matchMedia("(prefers-reduced-motion: reduce)");

// Points travel along the lines that the stage shows; the larger the share, the larger the point.
function scatterPoints(view) {
    const { canvas, layout } = view;
    const density = window.devicePixelRatio || 1;
    canvas.width = view.width * density;
    canvas.height = layout.height * density;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${layout.height}px`;
    view.pen = canvas.getContext("2d");
    view.pen.scale(density, density);
    const isSeen = view.looked ?? view.chosen;
    view.points = view.lines
        .filter((line) => line.isShown && (isSeen ? line.isTouched : MOVES_IN[view.stage].includes(line.kind)))
        .slice(-MOST_POINTS)
        .map(({ curve, share, element: drawn }, number) => ({
            curve, radius: 1.2 + 1.8 * share, color: getComputedStyle(drawn).stroke,
            start: (number * 0.618) % 1, speed: 90 / Math.max(90, Math.abs(curve[6] - curve[0])),
        }));
    movePoints(view);
}

function movePoints(view) {
    cancelAnimationFrame(view.frame);
    view.pen.clearRect(0, 0, view.width, view.layout.height);
    if (still.matches) return;
    const step = (now) => {
        drawPoints(view, now / 1000);
        if (view.isMoving) view.frame = requestAnimationFrame(step);
    };
    view.frame = requestAnimationFrame(step);
}

function drawPoints({ pen, points, width, layout }, seconds) {
    pen.clearRect(0, 0, width, layout.height);
    for (const { curve: [x1, y1, x2, y2, x3, y3, x4, y4], radius, color, start, speed } of points) {
        const t = (start + seconds * speed) % 1, u = 1 - t;
        const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        pen.fillStyle = color;
        pen.beginPath();
        pen.arc(a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4, radius, 0, 7);
        pen.fill();
    }
}
