// Tokens in reading order, each a button: hover or focus tells its note, a click chooses it.
// One of them is in the tab order; the arrow keys, Home and End move among them.

const KEYS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const NARROW = 520; // pixels

function makeToken(token, id) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("span"));
    button.firstChild.textContent = token;
    if (id !== undefined) {
        button.append(document.createElement("small"));
        button.lastChild.textContent = id;
    }
    return button;
}

function makeGroup(name) {
    const section = document.createElement("section");
    const tokens = document.createElement("div");
    tokens.className = "tokens";
    tokens.dir = "auto";
    if (name === null) {
        section.className = "plain";
    } else {
        section.append(document.createElement("header"));
        section.firstChild.textContent = name;
        tokens.role = "group";
        tokens.ariaLabel = name;
    }
    section.append(tokens);
    return section;
}

function makeAll(root, { tokens, ids, groups }) {
    root.buttons = tokens.map((token, index) => makeToken(token, ids?.[index]));
    let start = 0;
    root.replaceChildren(
        ...groups.map(([name, count]) => {
            const section = makeGroup(name);
            for (const button of root.buttons.slice(start, start + count)) {
                section.lastChild.append(button);
                if (button.firstChild.textContent.includes("⏎")) {
                    section.lastChild.append(document.createElement("hr"));
                }
            }
            start += count;
            return section;
        }),
    );
}

export default function ({ parentElement, data, setStateValue }) {
    const root = parentElement.querySelector(".groups");
    const note = parentElement.querySelector(".note");
    const { tokens, shades, notes, selected } = data;
    const drawn = JSON.stringify([tokens, data.ids, data.groups]);
    if (root.drawn !== drawn) {
        makeAll(root, data);
        root.drawn = drawn;
    }
    root.ariaLabel = data.label;
    const buttons = root.buttons;
    const tell = (index) => { note.textContent = notes?.[index] ?? ""; };
    const reach = (index) => buttons.forEach((button, other) => { button.tabIndex = other === index ? 0 : -1; });
    const choose = (index) => {
        buttons.forEach((button, other) => { button.ariaPressed = String(other === index); });
        reach(index ?? 0);
        tell(index);
        root.chosen = index;
    };
    buttons.forEach((button, index) => {
        button.classList.toggle("plain", !shades);
        const shade = shades?.[index] ?? 0;
        button.classList.toggle("less", data.isChange && shade < 0);
        button.classList.toggle("more", data.isChange && shade > 0);
        button.style.setProperty("--shade", Math.abs(shade));
        button.ariaLabel = [tokens[index], notes?.[index]].filter(Boolean).join(": ");
    });
    note.hidden = !notes;
    choose(selected);

    const indexOf = (event) => buttons.indexOf(event.target.closest("button"));
    root.onpointerover = root.onfocusin = (event) => { if (indexOf(event) >= 0) tell(indexOf(event)); };
    root.onpointerleave = () => tell(root.chosen);
    root.onclick = (event) => {
        const index = indexOf(event);
        if (index < 0) return;
        choose(index);
        setStateValue("selected", index);
    };
    root.onkeydown = (event) => {
        if (!(event.key in KEYS) || event.ctrlKey || event.altKey || event.metaKey) return;
        const index = Math.min(buttons.length - 1, Math.max(0, indexOf(event) + KEYS[event.key]));
        reach(index);
        buttons[index].focus();
        event.preventDefault();
    };
    const fit = () => root.classList.toggle("narrow", root.clientWidth < NARROW);
    const observer = new ResizeObserver(fit);
    observer.observe(root);
    return () => observer.disconnect();
}
