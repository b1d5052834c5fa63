// The page's address follows what is shown, in one entry of the history, and an address that is changed by hand or by a link
// is opened. A link is what stands behind "#" (docs/links.md). The last one is kept for the next visit without one.
const rest_ms = 600;  // browsers refuse to be told more than about three times a second
const kept_as = "convloom last link";

// Without what a link says of the page around it: a figure that hid the panels would hide them for good.
export function kept_part(link) {
    const [version, ...rest] = link.split("?");
    const pairs = rest.join("?").split("&").filter((pair) => pair && !/^(hide|play|lock)=/.test(pair));
    return pairs.length ? `${version}?${pairs.join("&")}` : version;
}

// `page` has link(), which gives the link of what is shown or an empty text, and open(link).
export class Address {
    constructor(page, place = globalThis) {
        this.page = page;
        this.place = place;
        this.timer = undefined;
        this.written = "";
        place.addEventListener("hashchange", () => this.open());
    }

    // What was there when the page was loaded, or was typed since. Without anything, what was shown last; then true.
    open() {
        const given = this.place.location.hash;
        if (given.length >= 2) {
            if (given !== this.written) this.page.open(this.written = given);
            return false;
        }
        const kept = this.written ? "" : this.stored((storage) => storage.getItem(kept_as));
        if (kept) this.page.open(`#${kept}`);
        return Boolean(kept);
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
        // A page within another shows what that one wants.
        if (link && this.place.top === this.place.self) this.stored((storage) => storage.setItem(kept_as, kept_part(link)));
    }

    forget() { this.stored((storage) => storage.removeItem(kept_as)); }

    // Some browsers bar a page from its storage.
    stored(use) {
        try {
            return use(this.place.localStorage);
        } catch {
            return null;
        }
    }
}
