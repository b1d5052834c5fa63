// What the words after `convloom` ask for: the page, or the program, which then reads them by itself.

// The part of a link that a page understands, or null: what is a link, app/files/link.cpp says for the program.
export const link_in = (text) => text.match(/(?:^\s*|#)(v\d+(\?.*)?)$/s)?.[1] ?? null;

export function asked(words) {
    const question = {serves: true, port: undefined, open: true, shown: undefined};
    for (let n = 0; n < words.length; ++n) {
        const [name, value] = words[n].split(/=(.*)/s);
        if (words[n] === "--no-open") {
            question.open = false;
        } else if (name === "--port") {
            const text = value ?? words[++n] ?? "";
            const port = Number(text);
            if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535)
                return {fault: `--port is a number from 1 to 65535, not “${text}”.`};
            question.port = port;
        } else if (name === "--preset" || words[n] === "open") {
            if (question.shown) return {fault: `Only one thing can be opened: “${words[n]}” is one more.`};
            const what = name === "--preset" ? value ?? words[++n] : words[++n];
            if (!what) return {fault: name === "--preset" ? "--preset needs the name of a preset." : "open needs a link or a state file."};
            if (what === "--help" || what === "-h") return {serves: false};
            if (name === "open" && !link_in(what) && !what.endsWith(".json"))
                return {fault: `By npx, open takes a link or a state file (.json), not “${what}”; a photo can be dropped on the page.`};
            question.shown = [name === "open" ? "--state" : "--preset", what];
        } else {
            return {serves: false};
        }
    }
    return question;
}
