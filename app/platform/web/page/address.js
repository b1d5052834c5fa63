// The page's address follows what is shown, in one entry of the history, and an address that is changed by hand or by a link
// is opened. A link is what stands behind "#" (docs/links.md).
const rest_ms = 600;  // browsers refuse to be told more than about three times a second

// `page` has link(), which gives the link of what is shown or an empty text, and open(link).
export class Address {
    constructor(page, place = globalThis) {
        this.page = page;
        this.place = place;
        this.timer = undefined;
        this.written = "";
        place.addEventListener("hashchange", () => this.open());
    }

    // What was there when the page was loaded, or was typed since.
    open() {
        const given = this.place.location.hash;
        if (given.length < 2 || given === this.written) return;
        this.written = given;
        this.page.open(given);
    }

    // Something else is shown. It is written once that has stayed so for a while.
    changed() {
        this.place.clearTimeout(this.timer);
        this.timer = this.place.setTimeout(() => this.write(), rest_ms);
    }

    write() {
        const link = this.page.link();
        const hash = link ? `#${link}` : "";
        if (hash === this.written) return;
        const {pathname, search} = this.place.location;
        this.place.history.replaceState(null, "", pathname + search + hash);
        // As the browser writes it, so that it is known again.
        this.written = this.place.location.hash;
    }
}
