// A picture of size x size grey pixels, drawn with a soft brush; sent when the stroke ends.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default function ({ parentElement, data, setStateValue }) {
    const canvas = parentElement.querySelector("canvas");
    const size = data.size;
    canvas.ariaLabel = `Drawing of ${size} by ${size} pixels: arrow keys move, space paints`;
    if (canvas.pixels?.length !== size * size) canvas.pixels = Float32Array.from(data.pixels);
    canvas.cursor ??= [Math.floor(size / 2), Math.floor(size / 2)];

    const brush = size / 8; // as wide as the strokes of scikit-learn's digits
    const show = () => {
        const context = canvas.getContext("2d");
        const side = canvas.width / size;
        canvas.pixels.forEach((value, index) => {
            const grey = Math.round(255 * value);
            context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
            context.fillRect((index % size) * side, Math.floor(index / size) * side, side, side);
        });
        context.strokeStyle = "rgb(128 128 128 / 30%)";
        for (let line = 0; line <= size; line++) {
            context.strokeRect(line * side, 0, 0, canvas.height);
            context.strokeRect(0, line * side, canvas.width, 0);
        }
        if (parentElement.activeElement === canvas && canvas.byKeyboard) {
            context.strokeStyle = "#e69f00";
            context.strokeRect(canvas.cursor[0] * side, canvas.cursor[1] * side, side, side);
        }
    };
    const paint = (x, y) => {
        canvas.pixels = canvas.pixels.map((value, index) => {
            const distance = Math.hypot((index % size) + 0.5 - x, Math.floor(index / size) + 0.5 - y);
            return Math.max(value, Math.min(1, Math.max(0, 1.4 - distance / brush)));
        });
        show();
    };
    const send = () =>
        setStateValue("pixels", Array.from(canvas.pixels, (value) => Math.round(value * 16) / 16));
    const place = (event) => {
        const box = canvas.getBoundingClientRect();
        const x = ((event.clientX - box.left) / box.width) * size;
        return [x, ((event.clientY - box.top) / box.height) * size];
    };

    canvas.onpointerdown = (event) => {
        canvas.setPointerCapture(event.pointerId);
        canvas.byKeyboard = false;
        canvas.last = place(event);
        paint(...canvas.last);
    };
    canvas.onpointermove = (event) => {
        if (!canvas.last) return;
        const [fromX, fromY] = canvas.last;
        const [toX, toY] = place(event);
        const steps = Math.ceil(Math.hypot(toX - fromX, toY - fromY) * 2) || 1;
        for (let step = 1; step <= steps; step++) {
            paint(fromX + ((toX - fromX) * step) / steps, fromY + ((toY - fromY) * step) / steps);
        }
        canvas.last = [toX, toY];
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
        canvas.last = null;
        send();
    };
    canvas.onkeydown = (event) => {
        const [x, y] = canvas.cursor;
        if (KEYS[event.key]) {
            const [right, down] = KEYS[event.key];
            const inside = (place) => Math.min(size - 1, Math.max(0, place));
            canvas.cursor = [inside(x + right), inside(y + down)];
        } else if (event.key === " ") {
            canvas.pixels[y * size + x] = canvas.pixels[y * size + x] > 0.5 ? 0 : 1;
            send();
        } else {
            return;
        }
        event.preventDefault();
        canvas.byKeyboard = true;
        show();
    };
    parentElement.querySelector("button").onclick = () => {
        canvas.pixels = new Float32Array(size * size);
        show();
        send();
    };
    show();
}
