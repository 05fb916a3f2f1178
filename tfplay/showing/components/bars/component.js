// Names with a bar and a number each; a row that can be chosen is a button.

function makeRow(choice, hint, name) {
    const item = document.createElement("li");
    const row = document.createElement(choice === null ? "div" : "button");
    if (choice !== null) {
        row.type = "button";
        row.title = `${hint} ${name}`;
    }
    row.className = "row";
    for (const part of ["name", "track", "number"]) {
        row.append(document.createElement("span"));
        row.lastChild.className = part;
    }
    row.children[1].append(document.createElement("span"));
    item.append(row);
    return item;
}

function fill(row, name, value, { low, high, isChange, marked }, isMarked) {
    const [label, track, number] = row.children;
    const share = (from) => `${(100 * (from - low)) / (high - low)}%`;
    label.textContent = label.title = name;
    label.dir = "auto";
    track.style.setProperty("--zero", share(0));
    track.style.setProperty("--start", share(Math.min(0, value)));
    track.style.setProperty("--length", `${(100 * Math.abs(value)) / (high - low)}%`);
    track.firstChild.className = ["bar", isChange ? (value < 0 ? "less" : "more") : ""].join(" ");
    const percent = (100 * value).toFixed(1).replace("-0.0", "0.0");
    number.textContent = isChange ? `${percent > 0 ? "+" : ""}${percent}` : `${percent}%`;
    if (isMarked) row.ariaCurrent = "true";
    else row.removeAttribute("aria-current");
}

// As in tfplay/text/spreadsheets.py: no text becomes a formula, numbers stay numbers.
const mayBeFormula = /^[\t\r\n]|^[\s'"`‘’“”\p{Cc}\p{Cf}]*[=+@＝＋＠﹢﹦﹫\-－﹣−]/u;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function cell(text) {
    const harmless = mayBeFormula.test(text) && !number.test(text) ? `'${text}` : text;
    return `"${harmless.replaceAll('"', '""')}"`;
}

const csv = (rows) => ["\ufeffname,value", ...rows.map(([name, value]) => `${cell(name)},${value}`)];

export default function ({ parentElement, data, setTriggerValue }) {
    const list = parentElement.querySelector("ol");
    const { rows, choices, hint, marked } = data;
    list.ariaLabel = data.label;
    list.classList.toggle("choosable", choices.some((choice) => choice !== null));
    const made = JSON.stringify([choices, rows.map(([name]) => name)]);
    if (list.made !== made) {
        list.replaceChildren(...rows.map(([name], index) => makeRow(choices[index], hint, name)));
        list.made = made;
    }
    rows.forEach(([name, value], index) => fill(list.children[index].firstChild, name, value, data, index === marked));
    list.onclick = (event) => {
        const item = event.target.closest("li");
        if (event.target.closest("button")) setTriggerValue("chosen", choices[[...list.children].indexOf(item)]);
    };
    const link = parentElement.querySelector("a");
    link.download = `${data.label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.csv`;
    link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(csv(rows).join("\n"))}`;
}
