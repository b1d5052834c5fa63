#include "app/exporting/pptx.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exporting/pptx_parts.hpp"
#include "app/files/archive/archive.hpp"
#include "app/paint/animation.hpp"
#include "app/paint/png.hpp"
#include "app/paint/slide_shapes.hpp"
#include "app/paint/xml.hpp"

namespace convloom::exporting {
namespace {

constexpr double slide_width_pt = 960;  // 13.33 inches, as wide as PowerPoint's own slides

struct Relation {
    const char* kind;
    std::string target;
};

// The nth relationship is "rId{n + 1}".
std::string relations(const std::vector<Relation>& all) {
    std::string text = std::string(pptx::head) +
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (std::size_t n = 0; n < all.size(); ++n) {
        const bool core = std::string_view(all[n].kind) == "core-properties";
        text += fmt::format(
            "<Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/{}/relationships/"
            "{}{}\" Target=\"{}\"/>",
            n + 1, core ? "package/2006" : "officeDocument/2006", core ? "metadata/" : "", all[n].kind, all[n].target);
    }
    return text + "</Relationships>";
}

class Deck {
  public:
    Deck(const paint::FrameOptions& options, std::string title)
        : options_(options), title_(std::move(title)), height_pt_(slide_width_pt * options.height / options.width) {}

    void add(const scene::Scene& scene, const std::string& notes) {
        paint::SlideShapes shapes = paint::slide_shapes(scene, slide_width_pt, height_pt_);
        std::vector<Relation> related = next_slide(scene);
        for (const std::string& picture : shapes.pictures) related.push_back({"image", media(picture, "png")});
        put_slide(scene, shapes.tree, related, notes);
    }

    void add_animation(const scene::Scene& scene, std::string gif, const std::string& notes) {
        std::vector<Relation> related = next_slide(scene);
        related.push_back({"image", media(std::move(gif), "gif")});
        put_slide(scene, paint::picture_tree(scene, slide_width_pt, height_pt_), related, notes);
    }

    std::string bytes() {
        const auto width = emu(slide_width_pt), height = emu(height_pt_);
        std::string ids;
        std::vector<Relation> related = {{"slideMaster", "slideMasters/slideMaster1.xml"},
                                         {"notesMaster", "notesMasters/notesMaster1.xml"},
                                         {"theme", "theme/theme1.xml"}};
        for (int n = 1; n <= slides_; ++n) {
            related.push_back({"slide", fmt::format("slides/slide{}.xml", n)});
            ids += fmt::format("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 255 + n, related.size());
        }
        put("ppt/presentation.xml", "presentationml.presentation.main",
            fmt::format("{}<p:presentation{}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/>"
                        "</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>"
                        "<p:sldIdLst>{}</p:sldIdLst><p:sldSz cx=\"{}\" cy=\"{}\"/><p:notesSz cx=\"6858000\" "
                        "cy=\"9144000\"/></p:presentation>",
                        pptx::head, pptx::spaces, ids, width, height));
        relate("ppt/_rels/presentation.xml.rels", related);
        put("ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster", pptx::slide_master());
        relate("ppt/slideMasters/_rels/slideMaster1.xml.rels",
               {{"slideLayout", "../slideLayouts/slideLayout1.xml"}, {"theme", "../theme/theme1.xml"}});
        put("ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout", pptx::slide_layout(width, height));
        relate("ppt/slideLayouts/_rels/slideLayout1.xml.rels", {{"slideMaster", "../slideMasters/slideMaster1.xml"}});
        put("ppt/notesMasters/notesMaster1.xml", "presentationml.notesMaster", pptx::notes_master());
        relate("ppt/notesMasters/_rels/notesMaster1.xml.rels", {{"theme", "../theme/theme2.xml"}});
        put("ppt/theme/theme1.xml", "theme", pptx::theme());
        put("ppt/theme/theme2.xml", "theme", pptx::theme());  // each master has one of its own
        put("docProps/core.xml", nullptr,
            fmt::format("{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
                        "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                        "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>"
                        "<dc:creator>Convloom</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">"
                        "2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>",
                        pptx::head, paint::xml_escaped(title_)));
        std::vector<files::ArchiveEntry> entries = {
            {"[Content_Types].xml",
             std::string(pptx::head) +
                 "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                 "Extension=\"rels\" "
                 "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                 "Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" "
                 "ContentType=\"image/png\"/><Default Extension=\"gif\" ContentType=\"image/gif\"/>" +
                 types_ + "</Types>"},
            {"_rels/.rels",
             relations({{"officeDocument", "ppt/presentation.xml"}, {"core-properties", "docProps/core.xml"}})}};
        for (files::ArchiveEntry& entry : entries_) entries.push_back(std::move(entry));
        return files::zip_archive(entries, ".pptx file");
    }

  private:
    static long long emu(double points) { return static_cast<long long>(points * paint::emu_per_point + 0.5); }

    void put(const std::string& name, const char* type, std::string text) {
        types_ += fmt::format("<Override PartName=\"/{}\" ContentType=\"application/vnd.openxmlformats-{}+xml\"/>",
                              name, type ? fmt::format("officedocument.{}", type) : "package.core-properties");
        entries_.push_back({name, std::move(text)});
    }
    void relate(const std::string& name, const std::vector<Relation>& all) {
        entries_.push_back({name, relations(all)});
    }
    // A picture that stays the same from slide to slide is stored once.
    std::string media(std::string bytes, const char* ending) {
        const auto [known, added] = media_.try_emplace(std::move(bytes));
        if (added) {
            const std::string name = fmt::format("media/image{}.{}", media_.size(), ending);
            entries_.push_back({"ppt/" + name, known->first});
            known->second = "../" + name;
        }
        return known->second;
    }

    std::vector<Relation> next_slide(const scene::Scene& scene) {
        if (slides_++ == 0 && title_.empty()) title_ = scene.title;
        return {{"slideLayout", "../slideLayouts/slideLayout1.xml"},
                {"notesSlide", fmt::format("../notesSlides/notesSlide{}.xml", slides_)}};
    }

    void put_slide(const scene::Scene& scene, const std::string& tree, const std::vector<Relation>& related,
                   const std::string& notes) {
        const std::string background = options_.transparent
                                           ? ""
                                           : fmt::format(
                                                 "<p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>"
                                                 "<a:effectLst/></p:bgPr></p:bg>",
                                                 paint::hex_of(scene.background));
        put(fmt::format("ppt/slides/slide{}.xml", slides_), "presentationml.slide",
            fmt::format("{}<p:sld{}><p:cSld>{}{}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
                        pptx::head, pptx::spaces, background, tree));
        relate(fmt::format("ppt/slides/_rels/slide{}.xml.rels", slides_), related);
        put(fmt::format("ppt/notesSlides/notesSlide{}.xml", slides_), "presentationml.notesSlide", pptx::notes(notes));
        relate(fmt::format("ppt/notesSlides/_rels/notesSlide{}.xml.rels", slides_),
               {{"notesMaster", "../notesMasters/notesMaster1.xml"},
                {"slide", fmt::format("../slides/slide{}.xml", slides_)}});
    }

    const paint::FrameOptions& options_;
    std::string title_, types_;
    double height_pt_;
    std::vector<files::ArchiveEntry> entries_;
    std::map<std::string, std::string> media_;  // from a picture's bytes to its place
    int slides_ = 0;
};

}  // namespace

std::string to_pptx(std::size_t pages, const std::function<DeckPage(std::size_t)>& page,
                    const paint::FrameOptions& options, const std::string& title) {
    Deck deck(options, title);
    if (options.animated > 0) {
        scene::Frames frames;
        frames.count = pages;
        frames.width = options.width, frames.height = options.height;
        frames.per_second = options.animated;
        frames.frame = [&](std::size_t n) { return paint::to_pixels(page(n).scene, {options.width, options.height}); };
        std::string gif = paint::to_gif(frames), notes;
        const DeckPage last = page(pages - 1);
        deck.add_animation(last.scene, std::move(gif), last.notes);
        return deck.bytes();
    }
    for (std::size_t n = 0; n < pages; ++n) {
        const DeckPage one = page(n);
        deck.add(one.scene, one.notes);
    }
    return deck.bytes();
}

std::string write_pptx(std::size_t pages, const std::function<scene::Scene(std::size_t)>& page,
                       const paint::FrameOptions& options, const std::string& title) {
    return to_pptx(
        pages,
        [&](std::size_t n) {
            DeckPage one{page(n), {}};
            const std::string sum = paint::written_sum(one.scene);
            one.notes = one.scene.title + (sum.empty() ? "" : "\n" + sum);
            return one;
        },
        options, title);
}

}  // namespace convloom::exporting
