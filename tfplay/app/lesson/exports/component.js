// SVG and PNG of a chart on the page: the camera in the chart's own toolbar, asked for either.

export default function ({ parentElement, data }) {
    for (const button of parentElement.querySelectorAll("button")) {
        button.onclick = () => {
            const chart = document.querySelector(`.${data.chart} .js-plotly-plot`);
            const camera = chart?.querySelector('.modebar-btn[data-title^="Download plot"]');
            if (!camera) return;
            const options = { format: button.value, filename: data.filename, scale: 2 };
            chart._context.toImageButtonOptions = options;
            camera.click();
        };
    }
}
