// The visitor's secret is kept in a cookie of this site; one that another tab has kept stays, and one
// that is no secret is replaced.

export default function ({ data, setStateValue }) {
    const cookies = document.cookie.matchAll(/(?:^|; )tfplay_visitor=([^;]*)/g);
    const kept = [...cookies].map((each) => each[1]).find((each) => /^[\w-]{22,64}$/.test(each));
    if (!kept) {
        // In a frame of another site a browser keeps only cookies that say they are for frames, and
        // that only of a page that came by https; each site that shows the frame gets its own.
        const byHttps = location.protocol === "https:";
        const place = byHttps ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax";
        const attributes = `path=/; max-age=${365 * 24 * 3600}; ${place}`;
        document.cookie = `tfplay_visitor=${data.secret}; ${attributes}`;
        const isRefused = !document.cookie.includes(data.secret);
        if (isRefused && !data.isRefused) setStateValue("refused", true);
    } else if (kept !== data.secret) {
        setStateValue("secret", kept);
    }
}
