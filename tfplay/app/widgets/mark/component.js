// Frames the control of a name, wherever it is drawn on the page, and brings it into sight once.

const LOOKS_EVERY = 300; // milliseconds
const FRAME = { outline: "3px solid #d97706", outlineOffset: "-2px", borderRadius: "0.5rem" };
const NAMED = "[aria-label], button, [data-testid=stMarkdownContainer], text";
const CONTROL = "button, [role=radio], [role=tab], a, summary, [data-testid=stElementContainer]";
const still = matchMedia("(prefers-reduced-motion: reduce)");

export default function ({ parentElement: root, data }) {
    unmark(root);
    const look = () => {
        if (root.marked?.isConnected && root.marked.checkVisibility()) return;
        unmark(root);
        const control = find(document.querySelector("[data-testid=stMain]"), data.name);
        if (control) mark(root, control, data.why);
    };
    clearInterval(root.looking);
    root.looking = setInterval(look, LOOKS_EVERY);
    look();
    return () => {
        clearInterval(root.looking);
        unmark(root);
    };
}

function mark(root, control, why) {
    root.marked = control;
    root.before = Object.fromEntries(Object.keys(FRAME).map((name) => [name, control.style[name]]));
    Object.assign(control.style, FRAME);
    if (window.tfplayMarkedFor === why) return; // the visitor may have scrolled away since
    window.tfplayMarkedFor = why;
    const bar = document.querySelector(".st-key-lesson")?.offsetHeight ?? 0;
    control.style.scrollMargin = `4.5rem 0 ${bar + 16}px`;
    control.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
}

function unmark(root) {
    if (root.marked) Object.assign(root.marked.style, root.before);
    root.marked = null;
}

// The first visible control of that name; components draw in shadow trees of their own.
function find(tree, name) {
    for (const each of tree.querySelectorAll("*")) {
        if (each.matches(".st-key-lesson, .st-key-lesson *")) continue;
        const inside = each.shadowRoot && find(each.shadowRoot, name);
        if (inside) return inside;
        const isNamed = each.matches(NAMED) && [each.ariaLabel, each.textContent.trim()].includes(name);
        if (isNamed && each.checkVisibility()) return each.closest(CONTROL) ?? each;
    }
    return null;
}
