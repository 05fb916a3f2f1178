// A computation as matrices, step by step. Which step and which cell is Python's to say: a press
// only asks for it. What is drawn is the part of each matrix that its box has scrolled into view.

const POSITIVE = "#0f9186", NEGATIVE = "#d55e00", MARK = "#e69f00";
const GUTTER = 66, WIDE_CELL = 56, ROW = 22, TALLEST = 360;
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const REVEAL = 900, PAUSE = 900; // milliseconds

export default function ({ parentElement: root, data, setTriggerValue }) {
    const view = (root.view ??= { boxes: [], zoomed: false, playing: false });
    const find = (name) => root.querySelector(name);
    view.data = data;
    view.go = (step) => {
        if (step < 0 || step >= data.steps.length || step === data.step) return;
        setTriggerValue("step", step);
    };
    view.open = (row, column) => setTriggerValue("cell", [row, column]);
    view.say = (text) => (find(".reading").textContent = text);

    drawWay(view, find(".way"));
    find(".place").textContent = `Step ${data.step + 1} of ${data.steps.length}`;
    find(".back").disabled = data.step === 0;
    find(".next").disabled = data.step === data.steps.length - 1;
    find(".back").onclick = () => view.go(data.step - 1);
    find(".next").onclick = () => view.go(data.step + 1);
    find(".zoom").onclick = () => {
        view.zoomed = !view.zoomed;
        find(".zoom").ariaPressed = String(view.zoomed);
        layOut(view);
    };
    find(".play").onclick = () => {
        view.playing = !view.playing;
        if (view.playing && data.step === data.steps.length - 1) view.go(0);
        else play(view, find(".play"));
    };
    find(".way").onkeydown = find(".controls").onkeydown = (event) => {
        const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!move) return;
        event.preventDefault();
        view.go(data.step + move);
    };

    find(".matrices").ariaLabel = data.steps[data.step].title;
    const place = `${data.step} ${data.matrices.map((matrix) => [matrix.name, ...matrix.shape])}`;
    if (view.place !== place) makeBoxes(view, find(".matrices"));
    data.matrices.forEach((matrix, index) => take(view.boxes[index], matrix));
    if (view.place !== place) view.say("");
    view.hovered = null;
    view.shown = 1;
    layOut(view);
    if (view.place !== place || !view.playing) play(view, find(".play"));
    view.place = place;
    view.observer ??= new ResizeObserver(() => layOut(view));
    view.observer.observe(find(".matrices"));
    return () => {
        view.observer.disconnect();
        stop(view);
    };
}

// The steps as tabs, a row for each part of the block.
function drawWay(view, way) {
    const { steps, step } = view.data;
    const names = JSON.stringify(steps);
    if (view.names !== names) {
        view.names = names;
        way.replaceChildren();
        let part = null, row;
        steps.forEach((each, index) => {
            if (each.part !== part) {
                row = way.appendChild(element("div", "part"));
                row.role = "presentation";
                row.appendChild(element("b", "", (part = each.part)));
            }
            const tab = row.appendChild(element("button", "", each.label));
            tab.type = "button";
            tab.role = "tab";
            tab.title = tab.ariaLabel = each.title;
            tab.dataset.step = index;
        });
    }
    const hadFocus = way.getRootNode().activeElement?.role === "tab";
    for (const tab of way.querySelectorAll("button")) {
        const index = Number(tab.dataset.step);
        tab.onclick = () => view.go(index);
        tab.ariaSelected = String(index === step);
        tab.tabIndex = index === step ? 0 : -1;
        tab.classList.toggle("passed", index < step);
        if (hadFocus && index === step) tab.focus();
    }
}

function makeBoxes(view, place) {
    place.replaceChildren();
    view.boxes = view.data.matrices.map((matrix) => {
        if (matrix.sign) place.appendChild(element("span", "sign", matrix.sign));
        const figure = place.appendChild(element("figure", matrix.link));
        const caption = figure.appendChild(element("figcaption"));
        caption.append(element("b", "", matrix.name), " ");
        caption.append(element("span", "", `${matrix.shape[0]} × ${matrix.shape[1]}`));
        const frame = figure.appendChild(element("div", "matrix"));
        const space = frame.appendChild(element("div", "space"));
        const canvas = space.appendChild(element("canvas"));
        const box = { matrix, frame, space, canvas, cursor: [0, 0] };
        frame.tabIndex = 0;
        frame.role = "application";
        frame.ariaRoleDescription = "matrix";
        const [rows, columns] = matrix.shape;
        const keys = "Arrow keys move" + (matrix.link === "result" ? ", Enter opens a cell." : ".");
        frame.ariaLabel = `${matrix.name}, ${rows} rows and ${columns} columns. ${keys}`;
        frame.onscroll = () => draw(view, box);
        frame.onpointermove = (event) => hover(view, box, cellAt(view, box, event));
        frame.onpointerleave = () => hover(view, box, null);
        frame.onclick = (event) => {
            const cell = cellAt(view, box, event);
            if (cell && matrix.link === "result") view.open(...cell);
        };
        frame.onfocus = () => frame.matches(":focus-visible") && hover(view, box, box.cursor);
        frame.onblur = () => hover(view, box, null);
        frame.onkeydown = (event) => onKey(view, box, event);
        return box;
    });
}

function onKey(view, box, event) {
    const { shape, link } = box.matrix;
    if (event.key === "Enter" && link === "result") view.open(...box.cursor);
    else if (MOVES[event.key]) {
        const moved = box.cursor.map((place, axis) => place + MOVES[event.key][axis]);
        box.cursor = moved.map((place, axis) => Math.min(shape[axis] - 1, Math.max(0, place)));
        scrollTo(view, box, box.cursor);
        hover(view, box, box.cursor);
    } else return;
    event.preventDefault();
}

function take(box, matrix) {
    const bytes = Uint8Array.from(atob(matrix.values), (letter) => letter.charCodeAt(0));
    Object.assign(box, { matrix, values: new Float32Array(bytes.buffer) });
}

// How large the cells are: as many as fit, or wide enough for numbers.
function layOut(view) {
    const narrow = window.innerWidth <= 640;
    const room = view.boxes[0]?.frame.closest(".matrices").clientWidth ?? 0;
    const large = view.boxes.filter(({ matrix }) => matrix.shape[1] > 1).length || 1;
    const share = narrow ? room : Math.max(240, (room - 30 * (view.boxes.length - 1)) / large);
    for (const box of view.boxes) {
        const { shape: [rows, columns], columnNames, rowNames } = box.matrix;
        const fit = Math.floor((share - GUTTER - 12) / columns);
        const tokens = columnNames ? 18 : 3;
        box.width = view.zoomed ? WIDE_CELL : Math.min(26, Math.max(tokens, fit));
        const tall = Math.floor((TALLEST - 80) / rows);
        box.height = view.zoomed ? ROW : Math.min(ROW, Math.max(rowNames ? 12 : 3, tall));
        box.head = !columnNames ? 16 : view.zoomed ? 24 : 66;
        const full = [GUTTER + columns * box.width + 2, box.head + rows * box.height + 2];
        box.size = [Math.min(full[0], share), Math.min(full[1], TALLEST)].map(Math.floor);
        const overflows = [full[0] > box.size[0], full[1] > box.size[1]];
        box.frame.style.width = `${box.size[0] + (overflows[1] ? 10 : 0)}px`;
        box.frame.style.height = `${box.size[1] + (overflows[0] ? 10 : 0)}px`;
        box.space.style.width = `${full[0]}px`;
        box.space.style.height = `${full[1]}px`;
        const density = window.devicePixelRatio || 1;
        box.canvas.width = box.size[0] * density;
        box.canvas.height = box.size[1] * density;
        box.canvas.style.width = `${box.size[0]}px`;
        box.canvas.style.height = `${box.size[1]}px`;
        draw(view, box);
    }
}

function draw(view, box) {
    const { matrix, frame, canvas, values, width, height, head, size } = box;
    const [rows, columns] = matrix.shape;
    const context = canvas.getContext("2d");
    const density = window.devicePixelRatio || 1;
    const style = getComputedStyle(frame);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, ...size);
    const gap = Math.min(width, height) > 8 ? 1 : 0;
    const [left, top] = [frame.scrollLeft, frame.scrollTop];
    const x = (column) => GUTTER + column * width - left;
    const y = (row) => head + row * height - top;
    const columnsSeen = seen(left, width, size[0] - GUTTER, columns);
    const rowsSeen = seen(top, height, size[1] - head, rows);
    const shown = matrix.link === "result" ? view.shown * rows * columns : Infinity;

    context.save();
    context.beginPath();
    context.rect(GUTTER, head, size[0] - GUTTER, size[1] - head);
    context.clip();
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.font = `11px ${style.fontFamily}`;
    for (const row of rowsSeen) {
        for (const column of columnsSeen) {
            if (row * columns + column >= shown) break;
            const value = values[row * columns + column];
            const strength = Math.min(1, Math.abs(value) / matrix.limit);
            context.globalAlpha = value === -Infinity ? 0.18 : strength;
            context.fillStyle = value === -Infinity ? "#808080" : value < 0 ? NEGATIVE : POSITIVE;
            context.fillRect(x(column), y(row), width - gap, height - gap);
            if (width < 38) continue;
            context.globalAlpha = 1;
            context.fillStyle = style.color;
            context.fillText(short(value), x(column) + width / 2, y(row) + height / 2);
        }
    }
    context.globalAlpha = 1;
    for (const [row, column, rowCount, columnCount] of marks(view, box)) {
        context.strokeStyle = MARK;
        context.lineWidth = 2;
        context.strokeRect(
            x(column), y(row), columnCount * width - gap, rowCount * height - gap);
    }
    context.restore();
    drawNames(context, box, style, x, y, rowsSeen, columnsSeen);
}

function drawNames(context, box, style, x, y, rowsSeen, columnsSeen) {
    const { matrix, width, height, head, size } = box;
    context.fillStyle = style.color;
    context.font = `12px ${style.fontFamily}`;
    context.textBaseline = "middle";
    context.textAlign = "right";
    const every = (cell, room) => Math.max(1, Math.ceil(room / cell));
    for (const row of rowsSeen) {
        if (!matrix.rowNames && row && (row + 1) % every(height, 26)) continue;
        if (y(row) < head - 1) continue;
        context.fillText(nameOf(matrix.rowNames, row), GUTTER - 5, y(row) + height / 2, GUTTER - 6);
    }
    for (const column of columnsSeen) {
        if (!matrix.columnNames && column && (column + 1) % every(width, 34)) continue;
        if (x(column) < GUTTER - 1) continue;
        const name = nameOf(matrix.columnNames, column);
        context.save();
        context.translate(x(column) + width / 2, head - 6);
        if (matrix.columnNames && width < 38) {
            context.rotate(-Math.PI / 2);
            context.textAlign = "left";
        } else context.textAlign = "center";
        context.fillText(name, 0, matrix.columnNames ? 0 : -2, head > 30 ? 58 : width > 38 ? width : 40);
        context.restore();
    }
    const rest = matrix.shape[1] - 1 - (columnsSeen.at(-1) ?? 0);
    if (rest > 0) {
        context.textAlign = "right";
        context.clearRect(size[0] - 16, 0, 16, head - 2);
        context.fillText("…", size[0] - 2, head - 10);
    }
}

// What lies behind a cell: frames [row, column, rows, columns] to draw in this matrix.
function marks(view, box) {
    const { matrix } = box;
    const [rows, columns] = matrix.shape;
    const frames = matrix.frame ? [[0, matrix.frame[0], rows, matrix.frame[1]]] : [];
    const own = view.hovered?.box === box ? view.hovered.cell : null;
    const result = view.boxes.find((other) => other.matrix.link === "result");
    const cell = view.hovered ? (view.hovered.box === result ? view.hovered.cell : null) : view.data.cell;
    if (own) frames.push([...own, 1, 1]);
    else if (cell) frames.push(behind(matrix, cell, rows, columns));
    return frames.filter(Boolean);
}

function behind({ link, offset = 0 }, [row, column], rows, columns) {
    switch (link) {
        case "row": return [row, 0, 1, columns];
        case "column": return [0, column, rows, 1];
        case "under": return [0, column, 1, 1];
        case "result": return [row, column, 1, 1];
    }
    const moved = column + offset;
    return moved >= 0 && moved < columns ? [row, moved, 1, 1] : null;
}

function hover(view, box, cell) {
    view.hovered = cell && { box, cell };
    view.boxes.forEach((each) => draw(view, each));
    if (!cell) return;
    const [row, column] = cell;
    const { matrix, values } = box;
    const value = values[row * matrix.shape[1] + column];
    const names = [nameOf(matrix.rowNames, row), nameOf(matrix.columnNames, column)];
    view.say(`${matrix.name} [${names.join(", ")}] = ${precise(value)}`);
}

function cellAt(view, box, event) {
    const edge = box.frame.getBoundingClientRect();
    const x = event.clientX - edge.left - GUTTER, y = event.clientY - edge.top - box.head;
    if (x < 0 || y < 0) return null;
    const column = Math.floor((x + box.frame.scrollLeft) / box.width);
    const row = Math.floor((y + box.frame.scrollTop) / box.height);
    return row < box.matrix.shape[0] && column < box.matrix.shape[1] ? [row, column] : null;
}

function scrollTo(view, box, [row, column]) {
    const { frame, width, height, head, size } = box;
    const keep = (now, start, cell, room) => Math.max(start + cell - room, Math.min(now, start));
    frame.scrollLeft = keep(frame.scrollLeft, column * width, width, size[0] - GUTTER);
    frame.scrollTop = keep(frame.scrollTop, row * height, height, size[1] - head);
}

// Fills the result cell by cell, then asks for the next step.
function play(view, button) {
    stop(view);
    button.textContent = view.playing ? "❚❚ Pause" : "▶ Play";
    if (!view.playing) return layOut(view);
    const result = view.boxes.find(({ matrix }) => matrix.link === "result");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const start = performance.now();
    const reveal = (now) => {
        view.shown = isCalm ? 1 : Math.min(1, (now - start) / REVEAL);
        const [rows, columns] = result.matrix.shape;
        const last = Math.min(rows * columns - 1, Math.floor(view.shown * rows * columns));
        view.hovered = view.shown < 1
            ? { box: result, cell: [Math.floor(last / columns), last % columns] } : null;
        view.boxes.forEach((box) => draw(view, box));
        if (view.shown < 1) view.frame = requestAnimationFrame(reveal);
        else if (view.data.step === view.data.steps.length - 1) {
            view.playing = false;
            button.textContent = "▶ Play";
        } else view.timer = setTimeout(() => view.go(view.data.step + 1), PAUSE);
    };
    view.frame = requestAnimationFrame(reveal);
}

function stop(view) {
    cancelAnimationFrame(view.frame);
    clearTimeout(view.timer);
    view.shown = 1;
}

function seen(scrolled, cell, room, count) {
    const first = Math.max(0, Math.floor(scrolled / cell));
    const last = Math.min(count, Math.ceil((scrolled + room) / cell));
    return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

const nameOf = (names, place) => (names ? names[place] : String(place + 1));
const precise = (value) => (value === -Infinity ? "−∞" : String(Number(value.toPrecision(6))));
const short = (value) => value === -Infinity ? "−∞"
    : Math.abs(value) >= 1000 || (value && Math.abs(value) < 0.001) ? value.toExponential(0)
    : value.toFixed(Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3);

function element(name, kind = "", text = "") {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
}
