// A pad to draw on, with a mouse, a finger or the keyboard; what the model sees of it stands beside.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 1 / 16; // of the pad, for each press of an arrow
const APART = 1 / 64; // of the pad: nearer points are left out
const WAIT = 250; // milliseconds between two pictures while one draws

export default function ({ parentElement, data, setStateValue }) {
    const paper = parentElement.querySelector(".paper");
    const seen = parentElement.querySelector(".seen");
    const { size, frame = { height: 1, width: 0.75 } } = data;
    paper.ariaLabel =
        "A pad to draw on: arrow keys move, space puts the pen down and lifts it, Delete clears";
    seen.ariaLabel = `The drawing as the model sees it, ${size} by ${size} pixels`;
    parentElement.querySelector(".caption").textContent = `what the model sees: ${size} × ${size}`;
    paper.strokes ??= [];
    paper.cursor ??= [0.5, 0.5];

    const nothing = () => new Array(size * size).fill(0);
    const begun = data.pixels && !paper.isCleared ? data.pixels : nothing();
    const pixels = () => (paper.strokes.length ? drawnPixels(paper.strokes, size, frame) : begun);
    const showPaper = () => {
        const context = paper.getContext("2d");
        const side = paper.width;
        context.clearRect(0, 0, side, side);
        context.strokeStyle = "#fff";
        context.lineWidth = side / 14;
        context.lineCap = context.lineJoin = "round";
        for (const stroke of paper.strokes) {
            context.beginPath();
            context.moveTo(stroke[0][0] * side, stroke[0][1] * side);
            for (const [x, y] of stroke) context.lineTo(x * side, y * side);
            context.stroke();
        }
        if (!paper.byKeyboard) return;
        context.fillStyle = paper.isDown ? "#e69f00" : "#808080";
        context.beginPath();
        context.arc(paper.cursor[0] * side, paper.cursor[1] * side, side / 40, 0, 2 * Math.PI);
        context.fill();
    };
    const showSeen = (values) => {
        const context = seen.getContext("2d");
        const side = seen.width / size;
        values.forEach((value, index) => {
            const grey = Math.round(255 * value);
            context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
            context.fillRect((index % size) * side, Math.floor(index / size) * side, side, side);
        });
    };
    const send = () => {
        clearTimeout(paper.waiting);
        paper.waiting = null;
        const values = pixels();
        showSeen(values);
        setStateValue("pixels", values);
    };
    const sendSoon = () => (paper.waiting ??= setTimeout(send, WAIT));
    const place = (event) => {
        const box = paper.getBoundingClientRect();
        return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    const goOn = (point) => {
        const stroke = paper.strokes.at(-1);
        const [x, y] = stroke.at(-1);
        if (Math.hypot(point[0] - x, point[1] - y) < APART) return;
        stroke.push(point);
        showPaper();
        sendSoon();
    };

    paper.onpointerdown = (event) => {
        paper.setPointerCapture(event.pointerId);
        paper.byKeyboard = false;
        paper.isDrawing = true;
        paper.strokes.push([place(event)]);
        showPaper();
    };
    paper.onpointermove = (event) => paper.isDrawing && goOn(place(event));
    paper.onpointerup = paper.onpointercancel = () => {
        paper.isDrawing = false;
        send();
    };
    const clear = () => {
        paper.strokes = [];
        paper.isDown = false;
        paper.isCleared = true;
        showPaper();
        showSeen(nothing());
        setStateValue("pixels", nothing());
    };
    paper.onkeydown = (event) => {
        paper.byKeyboard = true;
        if (KEYS[event.key]) {
            const inside = (value) => Math.min(1, Math.max(0, value));
            const move = KEYS[event.key];
            paper.cursor = paper.cursor.map((value, axis) => inside(value + move[axis] * STEP));
            if (paper.isDown) goOn(paper.cursor);
        } else if (event.key === " ") {
            paper.isDown = !paper.isDown;
            if (paper.isDown) paper.strokes.push([paper.cursor]);
            else send();
        } else if (event.key === "Delete") {
            clear();
        } else {
            return;
        }
        event.preventDefault();
        showPaper();
    };
    parentElement.querySelector("button").onclick = clear;
    showPaper();
    showSeen(pixels());
}
