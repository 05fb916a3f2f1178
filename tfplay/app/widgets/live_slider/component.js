// A slider that tells its value while it is moved; Streamlit's own first waits for it to rest.

export default function ({ parentElement, data, setStateValue }) {
    const input = parentElement.querySelector("input");
    const output = parentElement.querySelector("output");
    const { min, max, step } = data;
    const show = () => {
        output.textContent = Number(input.value).toFixed(data.decimals);
        input.style.setProperty("--share", `${(100 * (input.value - min)) / (max - min)}%`);
    };
    parentElement.querySelector("label").textContent = data.label;
    parentElement.querySelector("p").textContent = data.help;
    const isHeld = input.min !== "" && input.matches(":active, :focus"); // newer than what was sent
    Object.assign(input, { min, max, step });
    if (!isHeld) input.value = data.value;
    show();
    input.oninput = () => {
        show();
        setStateValue("value", Number(input.value));
    };
}
