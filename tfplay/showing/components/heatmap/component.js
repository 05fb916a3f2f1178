// One head's attention: a row is a token that looks, a column one that is looked at.
// The pointer or the arrow keys choose a cell, which is told; a click or Enter keeps its row.

const NARROWEST = 9, NARROWEST_OF_MANY = 3, WIDEST = 46, LOWEST = 12, HIGHEST = 26; // pixels of a cell
const MANY = 128; // positions
const MOST_PIXELS = 8192; // of a canvas, on a side
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const clamp = (value, least, most) => Math.max(least, Math.min(value, most));

export default function ({ parentElement: root, data, setStateValue }) {
    const find = (name) => root.querySelector(name);
    const view = (root.view ??= { cell: null });
    const canvas = find("canvas");
    view.data = data;
    view.scale = shades(data.colours);
    if (view.cell && !(view.cell[0] < data.rows.length && view.cell[1] < data.columns.length)) view.cell = null;
    canvas.ariaLabel = `Heat map: ${data.label}. The arrow keys walk through the cells, Enter keeps a row.`;
    find(".legend i").style.background = `linear-gradient(to right, ${data.colours.join(", ")})`;
    const largest = data.scores.reduce((most, score) => Math.max(most, score), 0);
    const end = `${(100 * data.deepest).toFixed(data.deepest < 0.1 ? 1 : 0)}%`;
    find(".deepest").textContent = largest > 1.001 * data.deepest ? `≥ ${end}` : end;
    layOut(root);

    const choose = (cell) => {
        view.cell = cell;
        mark(root);
    };
    canvas.onpointermove = (event) => choose(cellAt(view, event));
    canvas.onpointerleave = () => choose(null);
    canvas.onblur = () => choose(null);
    const keep = () => {
        if (!view.cell) return;
        data.locked = data.locked === view.cell[0] ? null : view.cell[0];
        setStateValue("locked", data.locked);
        mark(root);
    };
    canvas.onclick = (event) => {
        choose(cellAt(view, event));
        keep();
    };
    canvas.onkeydown = (event) => {
        if (event.key === "Enter") return keep();
        if (!MOVES[event.key]) return;
        event.preventDefault();
        const [row, column] = view.cell ?? [data.locked ?? 0, -MOVES[event.key][1]];
        const [down, right] = MOVES[event.key];
        choose([clamp(row + down, 0, data.rows.length - 1), clamp(column + right, 0, data.columns.length - 1)]);
        find(".cell").scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    view.observer ??= new ResizeObserver(() => find(".frame").clientWidth !== view.laidOutFor && layOut(root));
    view.observer.observe(find(".frame"));
}

// 256 colours between the given ones, as [red, green, blue].
function shades(colours) {
    const known = colours.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    return Array.from({ length: 256 }, (_, index) => {
        const place = (index / 255) * (known.length - 1);
        const below = Math.min(Math.floor(place), known.length - 2);
        return known[below].map((value, part) => Math.round(value + (place - below) * (known[below + 1][part] - value)));
    });
}

function layOut(root) {
    const { data } = root.view;
    const find = (name) => root.querySelector(name);
    const frame = find(".frame");
    root.view.laidOutFor = frame.clientWidth;
    if (!frame.clientWidth) return;
    const rows = names(find(".rows"), data.rows);
    const columns = names(find(".columns"), data.columns);
    const room = frame.clientWidth - Math.max(find(".rows").offsetWidth, find(".corner").offsetWidth) - 2;
    const width = clamp(Math.floor(room / data.columns.length), data.columns.length > MANY ? NARROWEST_OF_MANY : NARROWEST, WIDEST);
    const height = clamp(width, data.rows.length > MANY ? NARROWEST_OF_MANY : LOWEST, HIGHEST);
    Object.assign(root.view, { width, height });
    thin(rows, "height", height, 12);
    const isTurned = columns.some((name) => name.scrollWidth > width - 2);
    find(".columns").classList.toggle("turned", isTurned);
    thin(columns, "width", width, isTurned ? 12 : 0);
    paint(root);
    mark(root);
}

function names(place, texts) {
    place.classList.remove("turned");
    place.replaceChildren(...texts.map((text) => {
        const name = document.createElement("div");
        name.className = "name";
        name.textContent = text;
        return name;
    }));
    return [...place.children];
}

// Labels that would overlap are left out; each keeps its room.
function thin(labels, side, size, needed) {
    const stride = Math.max(1, Math.ceil(needed / size));
    const font = clamp(Math.min(size, HIGHEST) * stride - 2, 9, 13);
    labels.forEach((label, index) => {
        label.style[side] = `${size}px`;
        label.style.fontSize = `${font}px`;
        label.style.lineHeight = `${size}px`;
        if (index % stride) label.textContent = "";
        else if (stride > 1) label.style.overflow = "visible";
    });
}

function paint(root) {
    const { data, width, height, scale } = root.view;
    const canvas = root.querySelector("canvas");
    const [columns, rows] = [data.columns.length, data.rows.length];
    const size = [columns * width, rows * height];
    const ratio = Math.min(devicePixelRatio || 1, MOST_PIXELS / Math.max(...size));
    [canvas.width, canvas.height] = size.map((pixels) => Math.round(pixels * ratio));
    [canvas.style.width, canvas.style.height] = size.map((pixels) => `${pixels}px`);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.imageSmoothingEnabled = false;
    context.drawImage(small(data, scale), 0, 0, ...size);
    if (width < 8 || height < 8) return; // gaps would cover the cells
    for (let column = 1; column <= columns; column++) context.clearRect(column * width - 1, 0, 1, size[1]);
    for (let row = 1; row <= rows; row++) context.clearRect(0, row * height - 1, size[0], 1);
}

// The scores as a picture, a pixel each.
function small(data, scale) {
    const made = document.createElement("canvas");
    [made.width, made.height] = [data.columns.length, data.rows.length];
    const image = new ImageData(made.width, made.height);
    const deepest = Math.max(data.deepest, 1e-12);
    data.scores.forEach((score, index) => {
        const shade = scale[Math.round(255 * Math.min(1, score / deepest))];
        image.data.set([...shade, 255], 4 * index);
    });
    made.getContext("2d").putImageData(image, 0, 0);
    return made;
}

// The frame of the chosen cell and of the row that is kept, and what is told of the cell.
function mark(root) {
    const { data, cell, width, height } = root.view;
    const find = (name) => root.querySelector(name);
    const place = (element, top, left, wide) =>
        Object.assign(element.style, { top: `${top}px`, left: `${left}px`, width: `${wide}px`, height: `${height}px` });
    find(".cell").hidden = !cell;
    find(".row").hidden = data.locked === null;
    if (cell) place(find(".cell"), cell[0] * height, cell[1] * width, width);
    if (data.locked !== null) place(find(".row"), data.locked * height, 0, data.columns.length * width);
    const lit = (names, index) => [...names.children].forEach((name, other) => name.classList.toggle("lit", other === index));
    lit(find(".rows"), cell?.[0] ?? data.locked);
    lit(find(".columns"), cell?.[1]);
    find("p").replaceChildren(...(cell ? told(data, cell) : data.locked === null ? [] : summary(data)));
}

function told(data, [row, column]) {
    const score = data.scores[row * data.columns.length + column];
    return [isolated(data.rows[row]), " → ", isolated(data.columns[column]), `: ${(100 * score).toFixed(2)}%`];
}

// What the row that is kept looks at most.
function summary(data) {
    const start = data.locked * data.columns.length;
    const row = [...data.scores.subarray(start, start + data.columns.length)].map((score, column) => [score, column]);
    const most = row.sort((one, other) => other[0] - one[0]).slice(0, 3);
    const parts = most.flatMap(([score, column], rank) =>
        [rank ? ", " : "", isolated(data.columns[column]), ` ${(100 * score).toFixed(1)}%`]);
    return [isolated(data.rows[data.locked]), " → ", ...parts];
}

function isolated(text) {
    const made = document.createElement("bdi");
    made.textContent = text;
    return made;
}

function cellAt({ data, width, height }, event) {
    const column = clamp(Math.floor(event.offsetX / width), 0, data.columns.length - 1);
    const row = clamp(Math.floor(event.offsetY / height), 0, data.rows.length - 1);
    return [row, column];
}
