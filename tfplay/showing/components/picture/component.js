// A grey picture, and colours over its patches; a patch that can be chosen is a button.
// One patch is in the tab order; the arrow keys move among them.

const KEYS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function paint(canvas, pixels) {
    [canvas.height, canvas.width] = [pixels.length, pixels[0].length];
    const image = new ImageData(canvas.width, canvas.height);
    pixels.flat().forEach((value, index) => {
        const grey = Math.round(255 * value);
        image.data.set([grey, grey, grey, 255], 4 * index);
    });
    canvas.getContext("2d").putImageData(image, 0, 0);
}

function written(value, isChange) {
    const percent = (100 * value).toFixed(1).replace("-0.0", "0.0");
    return isChange ? `${percent > 0 ? "+" : ""}${percent} points` : `${percent}%`;
}

export default function ({ parentElement, data, setTriggerValue }) {
    const canvas = parentElement.querySelector("canvas");
    const grid = parentElement.querySelector(".patches");
    const note = parentElement.querySelector("p");
    const { pixels, values, isChange, chosen } = data;
    const tell = (text) => { note.textContent = text; };
    paint(canvas, pixels);
    canvas.ariaLabel = data.label;
    grid.hidden = !values;
    canvas.onpointerleave = () => tell("");
    canvas.onpointermove = (event) => {
        const row = Math.floor((event.offsetY / canvas.clientHeight) * canvas.height);
        const column = Math.floor((event.offsetX / canvas.clientWidth) * canvas.width);
        const value = pixels[row]?.[column];
        if (value !== undefined) tell(`row ${row + 1}, column ${column + 1}: ${value.toFixed(2)}`);
    };
    if (!values) return;

    const columns = values[0].length;
    const kind = data.canChoose ? "button" : "div";
    if (grid.children.length !== values.flat().length || grid.firstChild.localName !== kind) {
        grid.replaceChildren(...values.flat().map(() => document.createElement(kind)));
        grid.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
    }
    grid.ariaLabel = data.label;
    const patches = [...grid.children];
    patches.forEach((patch, index) => {
        const [row, column] = [Math.floor(index / columns), index % columns];
        const value = values[row][column];
        patch.className = isChange && value < 0 ? "blue" : "orange";
        patch.style.setProperty("--shade", Math.abs(value) / data.full);
        patch.ariaLabel = `row ${row + 1}, column ${column + 1}: ${written(value, isChange)}`;
        if (!data.canChoose) {
            patch.role = "img";
            return;
        }
        patch.type = "button";
        patch.ariaPressed = String(index === chosen);
        patch.tabIndex = index === (chosen ?? 0) ? 0 : -1;
    });
    const tellOf = (event) => patches.includes(event.target) && tell(event.target.ariaLabel);
    grid.onpointerover = grid.onfocusin = tellOf;
    grid.onpointerleave = () => tell("");
    const told = patches.find((patch) => patch.matches(":hover, :focus"));
    if (told) tell(told.ariaLabel); // its number may be another now
    grid.onclick = (event) => {
        const index = patches.indexOf(event.target.closest("button"));
        if (index >= 0) setTriggerValue("chosen", index);
    };
    grid.onkeydown = (event) => {
        if (!KEYS[event.key] || !data.canChoose) return;
        const [down, right] = KEYS[event.key];
        const index = patches.indexOf(event.target);
        const column = (index % columns) + right;
        const next = column < 0 || column >= columns ? undefined : patches[index + down * columns + right];
        event.preventDefault();
        if (!next) return;
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    };
}
