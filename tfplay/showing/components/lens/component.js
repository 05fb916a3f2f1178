// The likeliest answer of each level of the residual stream at each place, each to be chosen.
// One cell is in the tab order; the arrow keys move among them.

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export default function ({ parentElement: root, data, setTriggerValue }) {
    const table = root.querySelector("table");
    const status = root.querySelector("p");
    const buttonAt = (level, place) => table.tBodies[0].rows[level]?.cells[place + 1]?.firstChild;
    const [level, place] = data.chosen;
    if (!table.rows.length) {
        fill(table, data);
        const frame = table.parentElement;
        frame.scrollLeft = buttonAt(level, place).offsetLeft - frame.clientWidth / 2;
    }
    for (const button of table.querySelectorAll("[aria-pressed=true]")) {
        button.ariaPressed = "false";
        button.tabIndex = -1;
    }
    buttonAt(level, place).ariaPressed = "true";
    buttonAt(level, place).tabIndex = 0;
    status.textContent = buttonAt(level, place).ariaLabel;
    const cellOf = (button) => [button.closest("tr").rowIndex - 1, button.parentElement.cellIndex - 1];
    table.onpointerover = table.onfocusin = (event) => {
        const button = event.target.closest("button");
        if (button) status.textContent = button.ariaLabel;
    };
    table.onpointerleave = () => (status.textContent = buttonAt(...data.chosen).ariaLabel);
    table.onclick = (event) => {
        const button = event.target.closest("button");
        if (button) setTriggerValue("chosen", cellOf(button));
    };
    table.onkeydown = (event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        const [row, column] = cellOf(event.target);
        const next = column + move[1] < 0 ? null : buttonAt(row + move[0], column + move[1]);
        if (!next) return;
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    };
}

function fill(table, { levels, places, choices, probabilities, names }) {
    const top = table.createTHead().insertRow();
    top.insertCell();
    for (const place of places) header(top, place, "col");
    const body = table.createTBody();
    levels.forEach((name, level) => {
        const row = body.insertRow();
        header(row, name, "row");
        places.forEach((place, index) => {
            const [answer, share] = [names[choices[level][index][0]], probabilities[level][index][0]];
            const button = document.createElement("button");
            Object.assign(button, { type: "button", tabIndex: -1, textContent: answer, ariaPressed: "false" });
            button.ariaLabel = `${name}, ${place} → “${answer}” ${(100 * share).toFixed(1)}%`;
            button.style.setProperty("--shade", `${75 * share}%`);
            row.insertCell().append(button);
        });
    });
}

function header(row, text, scope) {
    const made = document.createElement("th");
    Object.assign(made, { textContent: text, title: text, scope });
    row.append(made);
}
