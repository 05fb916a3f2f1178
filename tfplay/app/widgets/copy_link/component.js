// Copies the address that the page has when the button is pressed, and says so for a moment.

const SAID = 2000; // milliseconds

export default function ({ parentElement }) {
    const button = parentElement.querySelector("button");
    const label = button.querySelector(".label");
    const told = parentElement.querySelector(".told");
    button.onclick = async () => {
        const done = (await copied(location.href)) ? "Copied" : "Copy it from the address bar";
        label.textContent = told.textContent = done;
        setTimeout(() => { label.textContent = "Copy link"; told.textContent = ""; }, SAID);
    };
}

async function copied(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch { // without TLS, or forbidden, a browser has no clipboard to write to
        return false;
    }
}
