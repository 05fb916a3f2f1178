// All heads of all layers, a small picture each; the one that is clicked is sent as [layer, head].
// One of them is in the tab order; the arrow keys move among them.

export default function ({ parentElement, data, setTriggerValue }) {
    const table = parentElement.querySelector(".heads");
    table.style.setProperty("--heads", data.heads);
    const values = Uint8Array.from(atob(data.pixels), (letter) => letter.charCodeAt(0));
    const size = data.width * data.height;
    const focused = buttonsOf(table).indexOf(table.getRootNode().activeElement);
    const rows = [];
    for (let layer = 0; layer < data.layers; layer++) {
        rows.push(element("span", `Layer ${layer + 1}`));
        for (let head = 0; head < data.heads; head++) {
            const isChosen = data.selected?.[0] === layer && data.selected?.[1] === head;
            const button = element("button", "");
            button.type = "button";
            button.title = `Layer ${layer + 1}, head ${head + 1}`;
            button.ariaLabel = `${button.title}: ${data.notes[layer][head]}`;
            button.ariaPressed = String(isChosen);
            button.onclick = () => setTriggerValue("chosen", [layer, head]);
            const start = (layer * data.heads + head) * size;
            button.append(picture(values.subarray(start, start + size), data));
            rows.push(button);
        }
    }
    table.replaceChildren(...rows);
    walk(table, data, focused);
    const color = getComputedStyle(table).getPropertyValue("color");
    const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
    for (const canvas of table.querySelectorAll("canvas")) paint(canvas, [red, green, blue]);
}

const buttonsOf = (table) => [...table.querySelectorAll("button")];

// The arrow keys move; what had the focus before it was drawn anew has it again.
function walk(table, { heads, selected }, focused) {
    const buttons = buttonsOf(table);
    const first = focused >= 0 ? focused : selected ? selected[0] * heads + selected[1] : 0;
    buttons.forEach((button, index) => (button.tabIndex = index === first ? 0 : -1));
    if (focused >= 0) buttons[focused].focus();
    table.onkeydown = (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -heads, ArrowDown: heads }[event.key];
        const next = step && buttons[buttons.indexOf(event.target) + step];
        if (!next) return;
        event.preventDefault();
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    };
}

function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
}

function picture(values, { width, height }) {
    const canvas = element("canvas", "");
    Object.assign(canvas, { width, height, values });
    return canvas;
}

function paint(canvas, [red, green, blue]) {
    const context = canvas.getContext("2d");
    const image = context.createImageData(canvas.width, canvas.height);
    canvas.values.forEach((value, index) =>
        image.data.set([red, green, blue, value], 4 * index));
    context.putImageData(image, 0, 0);
}
