// Within a page, only the first change of the address after the visitor did something is an entry
// of its own; what the page writes otherwise takes the place of the entry that is there.

const ACTS = ["pointerup", "keydown", "change"];

export default function () {
    if (window.tfplayHistory) return; // the browser keeps it from page to page
    window.tfplayHistory = true;
    let hasActed = false;
    for (const act of ACTS) {
        window.addEventListener(act, () => { hasActed = true; }, true);
    }
    const push = history.pushState.bind(history);
    history.pushState = (state, title, url) => {
        const isSamePage = new URL(url ?? location.href, location.href).pathname === location.pathname;
        if (isSamePage && !hasActed) {
            history.replaceState(state, title, url);
        } else {
            push(state, title, url);
        }
        hasActed = false;
    };
}
