// What is typed into a text area is sent after a pause, as Ctrl+Enter would send it.

export default function ({ parentElement, data }) {
    const forget = () => document.removeEventListener("input", parentElement.wait);
    forget(); // this is called again when the page is redrawn
    let pause;
    parentElement.wait = ({ target }) => {
        if (target.ariaLabel !== data.label) return;
        clearTimeout(pause);
        const enter = { key: "Enter", ctrlKey: true, bubbles: true };
        pause = setTimeout(
            () => target.dispatchEvent(new KeyboardEvent("keydown", enter)),
            data.milliseconds,
        );
    };
    document.addEventListener("input", parentElement.wait);
    return forget;
}
