// Two columns of tokens and a line between each two that attend; a row on the right can be locked.

const ROW = 28; // pixels, as in the style
const MOST_LINES = 2000;
const percent = (share) => `${Math.round(100 * share)} %`;

export default function ({ parentElement, data, setStateValue }) {
    const find = (name) => parentElement.querySelector(name);
    const [left, right, svg] = [find(".left"), find(".right"), find("svg")];
    const height = ROW * Math.max(data.left.length, data.right.length);
    svg.setAttribute("viewBox", `0 0 100 ${height}`);
    svg.style.height = `${height}px`;
    parentElement.querySelectorAll(".heads span").forEach((head, side) => {
        head.textContent = data.titles[side];
    });

    let locked = data.locked;
    const links = data.links.flatMap((row, target) =>
        row.map(([source, score]) => ({ target, source, score })),
    );
    links.sort((one, other) => other.score - one.score);

    const line = ({ target, source, score }, opacity) => {
        const drawn = document.createElementNS("http://www.w3.org/2000/svg", "line");
        const place = { x1: 0, y1: ROW * (source + 0.5), x2: 100, y2: ROW * (target + 0.5) };
        for (const [name, value] of Object.entries(place)) drawn.setAttribute(name, value);
        drawn.style.strokeOpacity = opacity;
        drawn.style.strokeWidth = `${1 + 4 * score}px`;
        return drawn;
    };
    const shade = (list, scores) => {
        [...list.children].forEach((row, index) => {
            const score = scores.get(index);
            row.firstChild.style.setProperty("--shade", `${75 * (score ?? 0)}%`);
            row.querySelector("small").textContent = score === undefined ? "" : percent(score);
        });
    };
    // Of one token of one side, or of all.
    const show = (side, index) => {
        const chosen = links.filter((link) => side === undefined || link[side] === index);
        const strongest = Math.max(...chosen.map((link) => link.score), 0.01);
        const lines = chosen
            .slice(0, MOST_LINES)
            .map((link) => line(link, side === undefined ? link.score : link.score / strongest));
        svg.replaceChildren(...lines);
        const seen = (mine, other) =>
            new Map(side === mine ? chosen.map((link) => [link[other], link.score]) : []);
        shade(left, seen("target", "source"));
        shade(right, seen("source", "target"));
        [...right.children].forEach(({ firstChild }, row) => {
            firstChild.ariaPressed = String(row === locked);
        });
    };
    const rest = () => (locked === null ? show() : show("target", locked));

    const token = (name, text) => {
        const row = document.createElement("li");
        const element = document.createElement(name);
        const label = document.createElement("span");
        label.textContent = text;
        label.title = text;
        element.className = "token";
        element.append(label, document.createElement("small"));
        row.append(element);
        return row;
    };
    const read = (target) =>
        data.links[target]
            .toSorted((one, other) => other[1] - one[1])
            .slice(0, 5)
            .map(([source, score]) => `${data.left[source]} ${percent(score)}`)
            .join(", ");

    left.replaceChildren(...data.left.map((text) => token("div", text)));
    right.replaceChildren(...data.right.map((text) => token("button", text)));
    [...left.children].forEach((row, source) => {
        row.firstChild.onpointerenter = () => show("source", source);
        row.firstChild.onpointerleave = rest;
    });
    [...right.children].forEach((row, target) => {
        const button = row.firstChild;
        button.type = "button";
        button.ariaLabel = `${target + 1}, ${data.right[target]}: ${read(target)}`;
        button.onpointerenter = button.onfocus = () => show("target", target);
        button.onpointerleave = button.onblur = rest;
        button.onclick = () => {
            locked = locked === target ? null : target;
            rest();
            setStateValue("locked", locked);
        };
        button.onkeydown = (event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            const next = step && right.children[target + step];
            if (!next) return;
            event.preventDefault();
            next.firstChild.focus();
        };
    });
    rest();
}
