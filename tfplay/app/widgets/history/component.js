// Only the first change of the address after the visitor did something is an entry of its own; what
// follows takes its place. So does another page: Streamlit first writes its choices beside the old
// page's name, and "back" would find them there.

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
        if (hasActed) push(state, title, url);
        else history.replaceState(state, title, url);
        hasActed = false;
    };
}
