#include "app/exporting/pptx_parts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "app/paint/xml.hpp"

namespace convloom::exporting::pptx {
namespace {

constexpr const char* tree_start =
    "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
    "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/>"
    "</a:xfrm></p:grpSpPr>";

constexpr const char* colour_map =
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" "
    "accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" "
    "folHlink=\"folHlink\"/>";

// A placeholder of a master or layout; the place is an a:xfrm or empty.
std::string placeholder(int id, const char* name, const char* kind, const std::string& place, const char* locks = "") {
    return fmt::format(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"{}/></p:cNvSpPr><p:nvPr>"
        "<p:ph {}/></p:nvPr></p:nvSpPr><p:spPr>{}</p:spPr>",
        id, name, locks, kind, place);
}

constexpr const char* empty_text =
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang=\"en-US\"/></a:p></p:txBody></p:sp>";

std::string place_of(long long x, long long y, long long width, long long height, bool with_form = true) {
    return fmt::format("<a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>{}", x, y, width, height,
                       with_form ? "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>" : "");
}

}  // namespace

std::string theme() {
    std::string colours;
    constexpr const char* named[][2] = {{"dk1", "1B1F24"},     {"lt1", "FFFFFF"},     {"dk2", "57606A"},
                                        {"lt2", "F7F8FA"},     {"accent1", "2F6DB5"}, {"accent2", "C2571A"},
                                        {"accent3", "2E8B57"}, {"accent4", "8E5BB0"}, {"accent5", "B08900"},
                                        {"accent6", "57606A"}, {"hlink", "2F6DB5"},   {"folHlink", "8E5BB0"}};
    for (const auto& one : named) colours += fmt::format("<a:{0}><a:srgbClr val=\"{1}\"/></a:{0}>", one[0], one[1]);
    const std::string font = "<a:latin typeface=\"Open Sans\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    const std::string fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    std::string lines;
    for (const int width : {6350, 12700, 19050}) lines += fmt::format("<a:ln w=\"{}\">{}</a:ln>", width, fill);
    const std::string effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    return fmt::format(
        "{}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Convloom\">"
        "<a:themeElements><a:clrScheme name=\"Convloom\">{}</a:clrScheme><a:fontScheme name=\"Convloom\"><a:majorFont>"
        "{}</a:majorFont><a:minorFont>{}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Convloom\"><a:fillStyleLst>"
        "{}{}{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst><a:effectStyleLst>{}{}{}</a:effectStyleLst>"
        "<a:bgFillStyleLst>{}{}{}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        head, colours, font, font, fill, fill, fill, lines, effect, effect, effect, fill, fill, fill);
}

std::string slide_master() {
    return fmt::format(
        "{}<p:sldMaster{}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/>"
        "</p:bgPr></p:bg>{}</p:spTree></p:cSld>{}<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>"
        "</p:sldLayoutIdLst></p:sldMaster>",
        head, spaces, tree_start, colour_map);
}

std::string slide_layout(long long width, long long height) {
    return fmt::format(
        "{}<p:sldLayout{} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Title and "
        "figure\">{}{}{}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        head, spaces, tree_start,
        placeholder(2, "Title", "type=\"title\"", place_of(width / 24, height / 27, width * 11 / 12, height / 14)),
        empty_text);
}

std::string notes_master() {
    return fmt::format(
        "{}<p:notesMaster{}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/>"
        "</p:bgPr></p:bg>{}{}</p:sp>{}{}</p:spTree></p:cSld>{}</p:notesMaster>",
        head, spaces, tree_start,
        placeholder(2, "Slide", "type=\"sldImg\" idx=\"2\"", place_of(685800, 1143000, 5486400, 3086100),
                    " noRot=\"1\" noChangeAspect=\"1\""),
        placeholder(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"", place_of(685800, 4400550, 5486400, 3600450)),
        empty_text, colour_map);
}

std::string notes(const std::string& text) {
    std::string paragraphs;
    for (std::string_view rest = text;;) {
        const auto end = rest.find('\n');
        paragraphs += fmt::format("<a:p><a:r><a:rPr lang=\"en-US\"/><a:t>{}</a:t></a:r></a:p>",
                                  paint::xml_escaped(rest.substr(0, end)));
        if (end == rest.npos) break;
        rest.remove_prefix(end + 1);
    }
    return fmt::format(
        "{}<p:notes{}><p:cSld>{}{}</p:sp>{}<p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody></p:sp></p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
        head, spaces, tree_start, placeholder(2, "Slide", "type=\"sldImg\"", "", " noRot=\"1\" noChangeAspect=\"1\""),
        placeholder(3, "Notes", "type=\"body\" idx=\"1\"", ""), paragraphs);
}

}  // namespace convloom::exporting::pptx
