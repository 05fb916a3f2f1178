// The visitor's secret is kept in a cookie of this site; one that another tab has kept stays.

export default function ({ data, setStateValue }) {
    const kept = document.cookie.match(/(?:^|; )tfplay_visitor=([^;]+)/)?.[1];
    if (!kept) {
        const secure = location.protocol === "https:" ? "; Secure" : "";
        const attributes = `path=/; max-age=${365 * 24 * 3600}; SameSite=Lax${secure}`;
        document.cookie = `tfplay_visitor=${data.secret}; ${attributes}`;
    } else if (kept !== data.secret) {
        setStateValue("secret", kept);
    }
}
