// What is typed into a text box is sent after a pause, as Enter would send it: with Ctrl from an area.

const BOXES = "[data-testid=stTextArea], [data-testid=stTextInput]";

export default function ({ parentElement, data }) {
    const forget = () => document.removeEventListener("input", parentElement.wait);
    forget(); // this is called again when the page is redrawn
    let pause;
    parentElement.wait = ({ target }) => {
        if (data.label ? target.ariaLabel !== data.label : !target.closest(BOXES)) return;
        clearTimeout(pause);
        const enter = { key: "Enter", charCode: 13, ctrlKey: true, bubbles: true };
        pause = setTimeout(() => {
            for (const kind of ["keydown", "keypress"]) {
                target.dispatchEvent(new KeyboardEvent(kind, enter));
            }
        }, data.milliseconds);
    };
    document.addEventListener("input", parentElement.wait);
    return forget;
}
