// What the words after `convloom` ask for: the page, or the program, which then reads them by itself.
export function asked(words) {
    const question = {serves: true, port: undefined, open: true};
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
        } else {
            return {serves: false};
        }
    }
    return question;
}
