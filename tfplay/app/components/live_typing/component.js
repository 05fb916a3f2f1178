// What is typed into a text area is sent after a pause, as Ctrl+Enter would send it.

export default function ({ data }) {
    let pause;
    const wait = ({ target }) => {
        if (target.ariaLabel !== data.label) return;
        clearTimeout(pause);
        const enter = { key: "Enter", ctrlKey: true, bubbles: true };
        pause = setTimeout(
            () => target.dispatchEvent(new KeyboardEvent("keydown", enter)),
            data.milliseconds,
        );
    };
    document.addEventListener("input", wait);
    return () => document.removeEventListener("input", wait);
}
