// What pages of components share: drawing one in a place of its own, and small elements.

const find = (name) => document.querySelector(name);
const dark = matchMedia("(prefers-color-scheme: dark)");

function bytesOf(base64) {
    const letters = atob(base64);
    const bytes = new Uint8Array(letters.length);
    for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index);
    return bytes;
}

// A component in a place of its own, which no other style reaches; drawn again by calling it.
function mount(name, host) {
    const root = host.attachShadow({ mode: "open" });
    root.append(document.getElementById(name).content.cloneNode(true));
    return (part, onChange = () => {}) => {
        const tell = (key, value) => onChange(value, key);
        components[name]({ parentElement: root, data: part, setStateValue: tell, setTriggerValue: tell });
    };
}

function mounted(name, into) {
    const host = into.appendChild(document.createElement("div"));
    return Object.assign(mount(name, host), { host });
}

function options(select, names, chosen) {
    select.replaceChildren(...names.map(([value, text]) => new Option(text, value)));
    select.value = chosen;
}

function check(fieldset, chosen) {
    for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === chosen;
}

function radios(fieldset, name, choices, chosen, onChoose) {
    for (const [value, text] of choices) {
        const label = fieldset.appendChild(document.createElement("label"));
        const input = Object.assign(document.createElement("input"), { type: "radio", name, value });
        input.checked = value === String(chosen);
        input.onchange = () => onChoose(value);
        label.append(input, text);
    }
    fieldset.hidden = choices.length < 2;
}
