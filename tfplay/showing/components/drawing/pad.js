// What a pad makes of strokes: a small picture, centred and scaled as those of a training.
// `tfplay.zoo.handwriting.pad` does the same in NumPy.

const SUBPIXELS = 4; // on each side of a pixel: its grey is the share of them that has ink
const PEN = 1 / 13; // radius of the pen, as a share of the picture

// From a place to the nearest point of a straight line.
function distance([x, y], [fromX, fromY], [toX, toY]) {
    const [wayX, wayY] = [toX - fromX, toY - fromY];
    const length = Math.max(wayX * wayX + wayY * wayY, 1e-12);
    const along = ((x - fromX) * wayX + (y - fromY) * wayY) / length;
    const part = Math.min(1, Math.max(0, along));
    return Math.hypot(x - fromX - part * wayX, y - fromY - part * wayY);
}

// The strokes, each a list of [x, y], where the picture has them: from 0 to 1. `frame` is what the
// pictures of the training fill of it, as shares of its sides.
function framed(strokes, frame) {
    const points = strokes.flat();
    const [low, high] = [Math.min, Math.max].map((most) =>
        [0, 1].map((axis) => most(...points.map((point) => point[axis]))),
    );
    const extent = [0, 1].map((axis) => Math.max(high[axis] - low[axis], 1e-9));
    const scale = (frame.height - 2 * PEN) / Math.max(extent[1], extent[0] / 2);
    const squeezed = Math.min(scale, (frame.width - 2 * PEN) / extent[0]);
    const middle = [0, 1].map((axis) => (low[axis] + high[axis]) / 2);
    return strokes.map((stroke) =>
        stroke.map(([x, y]) => [
            (x - middle[0]) * squeezed + 0.5,
            (y - middle[1]) * scale + 0.5,
        ]),
    );
}

// The picture of one stroke or more: size * size numbers from 0 (black) to 1, row by row.
function drawnPixels(strokes, size, frame) {
    const pixels = new Array(size * size).fill(0);
    const lines = framed(strokes, frame).flatMap((stroke) =>
        stroke.map((point, index) => [stroke[Math.max(index - 1, 0)], point]),
    );
    const fine = size * SUBPIXELS;
    for (let row = 0; row < fine; row++) {
        for (let column = 0; column < fine; column++) {
            const place = [(column + 0.5) / fine, (row + 0.5) / fine];
            if (lines.every(([start, end]) => distance(place, start, end) > PEN)) continue;
            const pixel = Math.floor(row / SUBPIXELS) * size + Math.floor(column / SUBPIXELS);
            pixels[pixel] += 1 / SUBPIXELS ** 2;
        }
    }
    return pixels;
}
