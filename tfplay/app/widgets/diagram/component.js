// A drawing of a few kinds of shapes; what they look like is said by their class.

const SVG = "http://www.w3.org/2000/svg";
const TAGS = ["rect", "path", "text"];

export default function ({ parentElement, data }) {
    const svg = parentElement.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`);
    svg.style.maxWidth = `${data.width * 1.3}px`;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", data.label);
    const shapes = data.shapes.filter(({ tag }) => TAGS.includes(tag));
    svg.replaceChildren(...shapes.map(({ tag, text, ...attributes }) => {
        const shape = document.createElementNS(SVG, tag);
        for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
        if (text !== undefined) shape.textContent = text;
        return shape;
    }));
}
