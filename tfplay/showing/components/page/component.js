// The page of `tfplay.show`: what was found in a model, read from the page itself.

const data = JSON.parse(document.getElementById("data").textContent);

// Scores are whole numbers, from 0 to the largest of their head.
for (const kind of data.attention) {
    const bytes = bytesOf(kind.scores);
    kind.numbers = kind.bytes === 2 ? new Uint16Array(bytes.buffer) : bytes;
    kind.factor = kind.largest.map((row) => row.map((largest) => largest / (256 ** kind.bytes - 1)));
}

find("h1").textContent = data.title;
find(".size").textContent = data.attention
    .map(({ layers, thumbnails, title }) => `${title}: ${layers.length} × ${thumbnails.heads} heads`).join(" · ");
const { view, colours } = data;
makeExplorer({ view, colours, hasPicture: Boolean(data.picture), hasLens: Boolean(data.lens) })(data);
