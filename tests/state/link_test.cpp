// A link reproduces exactly the State it was made from, whatever programs do to it on its way. An error in a link gives
// one sentence that names the key.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>

#include "app/files/files.hpp"
#include "app/files/link.hpp"
#include "core/scene/views/view_table.hpp"
#include "core/state/base/error.hpp"
#include "core/state/data/build.hpp"
#include "core/state/json/json.hpp"
#include "core/state/json/presets.hpp"
#include "core/state/links/link_keys.hpp"
#include "core/state/update/set_pixels.hpp"
#include "core/state/update/update.hpp"
#include "core/state/words/torch_words.hpp"
#include "core/state/words/words_state.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/support.hpp"

namespace convloom::tests::link_test {
namespace {

using namespace state;

State opened(std::string_view link) {
    return files::parse_link(link).state;
}

std::string fault_of(std::string_view link) {
    try {
        files::parse_link(link);
    } catch (const Error& error) {
        return error.what();
    }
    return "none";
}

State after(State state, const Action& action) {
    Outcome outcome = update(state, action);
    EXPECT_TRUE(outcome.problems.empty()) << outcome.problems.front().sentence;
    return std::move(outcome.state);
}

std::string packed_link(std::string_view text) {
    return "#v1?state=" + to_base64url(files::link_codec().deflate(text));
}

TEST(Links, ReproduceEveryPresetInEveryViewAtSeveralSteps) {
    std::size_t longest = 0;
    for (const std::string& name : preset_names())
        for (const scene::ViewInfo& info : scene::view_infos()) {
            const State first = preset(name);
            if (info.view == scene::View::photo || !scene::undrawable(first.layer(), info.view).empty()) continue;
            State state = after(first, SetView{info.view});
            const arith::Index count = places_of(state).step_count();
            for (arith::Index step : {arith::Index{0}, count / 3, count - 1}) {
                state = after(state, GoToStep{step});
                const std::string link = files::link_of(state);
                ASSERT_EQ(opened(link), state) << link;
                ASSERT_TRUE(link.starts_with("v1?preset=" + name)) << link;
                longest = std::max(longest, link.size());
                state = after(state, GoToTap{0});
                ASSERT_EQ(opened(files::link_of(state)), state) << files::link_of(state);
            }
        }
    EXPECT_LT(longest, 100u);
}

TEST(Links, AreShortForSimpleStates) {
    const auto link = [](const State& state, const PageOptions& page = {}) { return files::link_of(state, page); };
    State dilation = preset("dilation");
    EXPECT_EQ(link(dilation), "v1?preset=dilation");
    EXPECT_EQ(link(after(dilation, SetView{scene::View::flat})), "v1?preset=dilation&view=flat");
    EXPECT_EQ(link(after(dilation, SetTheme{"dark"})), "v1?preset=dilation&theme=dark");
    EXPECT_EQ(link(after(dilation, SetLanguage{scene::Language::chinese})), "v1?preset=dilation&lang=zh-CN");
    EXPECT_EQ(link(after(dilation, SetSwitch{&scene::Look::numbers, true})), "v1?preset=dilation&numbers=1");
    EXPECT_EQ(link(after(dilation, SetSwitch{&scene::Look::labels, false})), "v1?preset=dilation&labels=0");
    EXPECT_EQ(link(after(dilation, SetTurn{12.3, 40})), "v1?preset=dilation&turn=12.3&tilt=40");
    EXPECT_EQ(link(after(dilation, SetTitle{"Gaps (why?)"})), "v1?preset=dilation&title=Gaps+(why%3F%29");
    EXPECT_EQ(link(after(dilation, GoToStep{4})), "v1?preset=dilation&step=4");
    EXPECT_EQ(link(after(after(dilation, GoToStep{4}), GoToTap{2})), "v1?preset=dilation&step=4&tap=2");
    EXPECT_EQ(link(after(preset("kind_depthwise_separable"), ShowLayer{1})),
              "v1?preset=kind_depthwise_separable&shown=2");
    const State field = after(preset("more_dilations_222"), SetView{scene::View::receptive});
    EXPECT_EQ(link(after(field, ChooseCell{0, 0, {8, 9}})), "v1?preset=more_dilations_222&cell=8,9");
    PageOptions page;
    page.hide_gallery = page.hide_inspector = page.play = page.lock = true;
    EXPECT_EQ(link(dilation, page), "v1?preset=dilation&hide=gallery,inspector&play=1&lock=1");
    EXPECT_EQ(files::parse_link(link(dilation, page)).page, page);
    page = {};
    page.says_theme = true, page.language = scene::Language::english;
    EXPECT_EQ(link(dilation, page), "v1?preset=dilation&theme=light&lang=en");
    EXPECT_EQ(files::parse_link(link(dilation, page)).page, page);
}

TEST(Links, ContainLayersAsPyTorchCode) {
    const State state = opened("#v1?layer=nn.Conv2d(1,1,3,stride=2)&input=1x5x5&view=flat&step=3&lang=zh-CN");
    EXPECT_EQ(torch_code(state.layer()), "nn.Conv2d(1, 1, kernel_size=3, stride=2)");
    EXPECT_EQ(state.view, scene::View::flat);
    EXPECT_EQ(state.moment.step, 3);
    EXPECT_EQ(state.language, scene::Language::chinese);
    EXPECT_EQ(files::link_of(state), "v1?layer=nn.Conv2d(1,1,3,stride=2)&input=1x5x5&step=3&lang=zh-CN");
    State same = state;
    same.language = scene::Language::english, same.moment = {};
    EXPECT_EQ(same, state_of_words("nn.Conv2d(1,1,3,stride=2)", {1, 5, 5}));
    for (const char* words :
         {"nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)", "nn.Conv1d(1, 1, 3, padding='same')",
          "nn.Conv2d(1, 1, kernel_size=2)  # padding 0+1 0+1", "nn.Conv2d(1,\n1,\n3)"}) {
        const State many = state_of_words(
            words, std::string_view(words).find("1d") == std::string_view::npos
                       ? arith::Shape{std::string_view(words).find("(3") != std::string_view::npos ? 3 : 1, 8, 8}
                       : arith::Shape{1, 8});
        const std::string link = files::link_of(many);
        EXPECT_EQ(opened(link), many) << link;
    }
}

TEST(Links, PackOtherStates) {
    State state = after(preset("dilation"), SetCells{TensorName::input, {{3, -0.125f}, {4, 0.1f}, {5, 1e-7f}}});
    state = after(state, SetTitle{"数据 & “more”"});
    const std::string link = files::link_of(state);
    EXPECT_TRUE(link.starts_with("v1?state=")) << link;
    EXPECT_EQ(opened(link), state);
    EXPECT_LT(link.size(), 700u);
    // Keys after a packed state override it.
    EXPECT_EQ(opened(link + "&step=4&theme=dark"), after(after(state, GoToStep{4}), SetTheme{"dark"}));
    const State chain = after(preset("kind_depthwise_separable"), AddLayer{1});
    EXPECT_EQ(opened(files::link_of(chain)), chain);
}

TEST(Links, ContainTheFiltersOfAPhotoButNotThePhoto) {
    State state =
        after(preset("dilation"), OpenPhoto{"/home/somebody/cat.png", noise(44, 30, 3, image::Depth::bits8, 1)});
    state = after(after(state, SetFilter{"sobel-x"}), AddFilter{"gaussian"});
    const std::string link = files::link_of(state);
    State back = opened(link);
    EXPECT_EQ(back, in_link(state));
    EXPECT_EQ(back.photo->path, "cat.png") << "where it lies is nobody's business";
    EXPECT_FALSE(back.photo->image);
    set_pixels(back, state.photo->image);
    back.photo->path = state.photo->path;
    EXPECT_EQ(back, state);
    EXPECT_LT(link.size(), 800u);
    // While a layer is shown, the link contains nothing of the photo.
    EXPECT_EQ(files::link_of(after(state, SetView{scene::View::stacked})), "v1?preset=dilation");
}

TEST(Links, AreRefusedIfTooLong) {
    State state = after(preset("numerical_no_padding_no_strides"), SetSize{200, every_axis});
    SetCells cells{TensorName::input, {}};
    std::uint32_t seed = 1;
    for (arith::Index n = 0; n < 40'000; ++n)
        seed = seed * 1664525u + 1013904223u, cells.cells.push_back({n, static_cast<float>(seed >> 8) / 1000});
    state = after(state, cells);
    try {
        files::link_of(state);
        FAIL() << "no fault";
    } catch (const Error& error) {
        EXPECT_EQ(std::string(error.what()),
                  "This is too large for a link, which carries 32768 characters, and its data are 40009 numbers; save "
                  "it as a file instead.");
    }
    // Large, but filled with a pattern.
    const State large = state_of_words("nn.Conv2d(64, 128, 3)", {64, 64, 64});
    EXPECT_LT(files::link_of(large).size(), 60u);
    EXPECT_EQ(opened(files::link_of(large)), large);
}

TEST(Links, SurviveChatProgramsAndMail) {
    State titled = after(after(preset("dilation"), SetTitle{"1 & 2 (so)."}), SetTheme{"dark"});
    State layer = state_of_words("nn.Conv2d(1, 1, 3)", {1, 5, 5});
    State own = after(preset("dilation"), SetCells{TensorName::input, {{3, 7.5f}}});
    for (const State& state : {titled, layer, own}) {
        const std::string link = files::link_of(state);
        const auto same = [&](std::string text) { EXPECT_EQ(opened(text), state) << text; };
        same(link);
        same("#" + link);
        same("https://example.org/a/b(c)?d=e#" + link);
        for (const char* end : {".", ",", ")",  ").", ">",  "\"", "'",  "!", "?",    ":",
                                ";", "]", "**", " ",  "\n", "。", "）", "”", "&gt;", "…"})
            same("#" + link + end);
        same("<https://example.org/#" + link + ">");
        same("(see https://example.org/#" + link + ")");
        std::string amp = link, hash = link, broken = "> https://example.org/#" + link, all;
        for (std::size_t at = 0; (at = amp.find('&', at)) != std::string::npos; at += 5) amp.replace(at, 1, "&amp;");
        same("#" + amp);
        same("https://example.org/%23" + link);
        for (std::size_t at = 20; at < broken.size(); at += 20) broken.insert(at, "\r\n > ");
        same(broken);
        for (const char c : link)
            all += std::isalnum(static_cast<unsigned char>(c)) ? std::string(1, c)
                                                               : fmt::format("%{:02x}", static_cast<unsigned char>(c));
        same("https://example.org/%23" + all);
        same("\u200B#" + link.substr(0, 9) + "\u200B" + link.substr(9) + "\uFEFF");
    }
    const State plain = opened("#v1?layer=nn.Conv2d(1,1,3)&input=1x5x5");
    for (const char* text :
         {"#v1?layer=nn.Conv2d%281%2C1%2C3%29&input=1x5x5", "＃v1？layer＝nn.Conv2d（1，1，3）&input＝1×5×5",
          "#v1?layer=nn.Conv2d%EF%BC%88%EF%BC%91,１,3）&input=1,5,5",
          "v1%3Flayer%3Dnn.Conv2d(1%2C1%2C3)%26input%3D1x5x5"})
        EXPECT_EQ(opened(text), plain) << text;
    EXPECT_EQ(opened("#v1?value-colors=1&preset=dilation"), opened("#v1?preset=dilation&value_colors=true"));
    EXPECT_EQ(opened("#v1"), preset(opening_preset));
    EXPECT_EQ(opened("#v1?title=100%"), after(preset(opening_preset), SetTitle{"100%"}));
}

TEST(Links, ErrorsNameTheKey) {
    const std::pair<const char*, const char*> faults[] = {
        {"", "This is not a link of Convloom: there is no #v1? in it."},
        {"https://example.org/#about", "This is not a link of Convloom: there is no #v1? in it."},
        {"#v2?preset=dilation", "The link is of version 2; this program reads version 1."},
        {"#v99999999999999999999?x=1", "The link is of version 999999; this program reads version 1."},
        {"#v1?preset=dilatoin", "The link's preset is “dilatoin”; did you mean “dilation”?"},
        {"#v1?preset=nothing_at_all", "The link's preset is “nothing_at_all”; there is none of this name."},
        {"#v1?preset=dilation&view=signal",
         "The link's view does not fit: The signal view draws layers of rank 1; this one has rank 2."},
        {"#v1?view=nice", "The link's view is “nice”; the views are flat, stacked"},
        {"#v1?view=photo", "The link's view cannot turn a photo into a layer, or a layer into a photo."},
        {"#v1?step=9", "The link's step is 9; this layer has the steps 0 to 8."},
        {"#v1?step=-1", "The link's step is -1; this layer has the steps 0 to 8."},
        {"#v1?step=1e3", "The link's step is “1e3”, not a whole number."},
        {"#v1?step=99999999999999999999", "The link's step is “99999999999999999999”, not a whole number."},
        {"#v1?tap=9", "The link's tap is 9; -1 is the whole window, and this step's products are numbered -1 to 8."},
        {"#v1?shown=2", "The link's shown is 2; the layers are numbered 1 to 1."},
        {"#v1?theme=green", "The link's theme is “green”; the themes are light, dark"},
        {"#v1?lang=de", "The link's lang is “de”; the languages are en and zh-CN."},
        {"#v1?numbers=2", "The link's numbers is “2”; it is 1 or 0."},
        {"#v1?turn=61", "The link's turn is 61; it goes from -60 to 60 degrees."},
        {"#v1?turn=nan", "The link's turn is “nan”, not a number."},
        {"#v1?cell=1,2", "The link's cell is for the receptive view alone."},
        {"#v1?view=receptive&cell=1", "The link's cell is “1”; it is a place in the input, as 3,4, with 2 numbers."},
        {"#v1?view=receptive&cell=1,9", "The link's cell is 9; the input has there the places 0 to 4."},
        {"#v1?view=receptive&cell=1,2,3", "The link's cell is “1,2,3”; the input has 2 axes."},
        {"#v1?seed=-2", "The link's seed is -2; it goes from 0 to 4294967295."},
        {"#v1?title=a%0Ab", "The link's title is none: A title is one line of text."},
        {"#v1?title=%FF", "The link's title is not UTF-8."},
        {"#v1?title=", "The link's title is empty."},
        {"#v1?step=1&step=1", "The link's step is given twice."},
        {"#v1?vew=flat", "A link has no “vew”; did you mean “view”?"},
        {"#v1?utm_source=x", "A link has no “utm_source”; it has preset, layer, input, state, hide, play, lock, shown"},
        {"#v1?hide=window",
         "The link's hide names “window”; the panels are gallery, inspector, timeline, top, or all."},
        {"#v1?play=maybe", "The link's play is “maybe”; it is 1 or 0."},
        {"#v1?preset=dilation&layer=nn.Conv2d(1,1,3)",
         "The link gives more than one of preset, layer and state; one of them can be shown."},
        {"#v1?input=1x5x5", "The link's input is without a layer that it goes into."},
        {"#v1?layer=nn.Conv2d(1,1,3)", "The link's layer is without input, the shape that goes into it, as 1x5x5."},
        {"#v1?layer=nn.Conv2d(1,1,3)&input=5",
         "The link's input is “5”; it is channels and one to three sizes, as 1x5x5."},
        {"#v1?layer=nn.Conv2d(1,1,9)&input=1x5x5", "The link's layer cannot be shown: "},
        {"#v1?layer=nn.Conv2d(1,1,3&input=1x5x5", "The link's layer cannot be shown: The layers end too early"},
        {"#v1?layer=nn.Conv2d(1,1,3)&input=1x9000x9000", "The link's layer cannot be shown: The layers hold a tensor"},
        {"#v1?state=a$b", "The link's state holds characters that are not base64url."},
        {"#v1?state=", "The link's state is damaged or not whole."},
        {"#v1?state=AAAA", "The link's state is damaged or not whole."},
    };
    for (const auto& [link, says] : faults) {
        const std::string fault = fault_of(link);
        EXPECT_TRUE(fault.starts_with(says)) << link << " said: " << fault;
        EXPECT_EQ(fault.find('\n'), std::string::npos) << link;
    }
    EXPECT_EQ(fault_of(packed_link("{}")), "The link's state is not understood: convloom is missing.");
    EXPECT_EQ(fault_of(packed_link("no")), "The link's state is not understood: the file is not JSON.");
    EXPECT_EQ(fault_of(packed_link(std::string(100'000, '['))),
              "The link's state is not understood: the file is not JSON.");
}

TEST(Links, AreReadWithinBounds) {
    EXPECT_EQ(fault_of("#v1?title=" + std::string(70'000, 'a')),
              "The link has 70010 characters; at most 65536 are read.");
    // Gigabytes of spaces compress to a few kilobytes.
    EXPECT_EQ(fault_of(packed_link(std::string(std::size_t{40} << 20, ' '))),
              "The link's state unfolds to more than 4 MiB.");
    std::string keys = "#v1?";
    for (int n = 0; n < 200; ++n) keys += fmt::format("k{}=1&", n);
    EXPECT_EQ(fault_of(keys), "The link has more than 100 keys.");
    const std::string whole = files::link_of(after(preset("dilation"), SetCells{TensorName::input, {{3, 7.5f}}}));
    for (std::size_t length = std::string("v1?state=").size(); length < whole.size(); length += 7)
        EXPECT_EQ(fault_of(whole.substr(0, length)), "The link's state is damaged or not whole.") << length;
    std::string other = whole;
    other[whole.size() / 2] = other[whole.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(fault_of(other).starts_with("The link's state is")) << fault_of(other);
}

TEST(Links, ReadEveryKeyOfTheTables) {
    for (const LinkKey& one : link_keys()) EXPECT_FALSE(one.says.empty()) << one.key;
    for (const scene::LookSwitch& one : scene::look_switches())
        for (const bool on : {false, true})
            EXPECT_EQ(opened(fmt::format("#v1?{}={}", one.key, on ? 1 : 0)).look.*one.on, on) << one.key;
    for (const scene::LookAngle& angle : scene::look_angles())
        EXPECT_EQ(opened(fmt::format("#v1?{}={}", angle.key, angle.most)).look.*angle.degrees, angle.most) << angle.key;
    for (const HiddenPanel& panel : hidden_panels()) {
        const PageOptions page = files::parse_link(fmt::format("#v1?hide={}", panel.key)).page;
        for (const HiddenPanel& other : hidden_panels()) EXPECT_EQ(page.*other.hidden, other.key == panel.key);
        EXPECT_TRUE(files::parse_link("#v1?hide=all").page.*panel.hidden);
    }
}

TEST(Links, ALockedPageAllowsOnlyStepsAndViews) {
    EXPECT_TRUE(is_locked_out(SetSize{5, every_axis}));
    EXPECT_TRUE(is_locked_out(SetCells{}));
    EXPECT_TRUE(is_locked_out(SetTitle{"x"}));
    EXPECT_TRUE(is_locked_out(AddLayer{0}));
    EXPECT_TRUE(is_locked_out(SetFilter{"sobel-x"}));
    EXPECT_FALSE(is_locked_out(StepForward{}));
    EXPECT_FALSE(is_locked_out(GoToTap{1}));
    EXPECT_FALSE(is_locked_out(SetView{scene::View::flat}));
    EXPECT_FALSE(is_locked_out(SetTheme{"dark"}));
    EXPECT_FALSE(is_locked_out(ShowLayer{1}));
    EXPECT_FALSE(is_locked_out(OpenState{}));
}

// Links published once stay valid: a name, the link and its State on three lines. If UPDATE is set in the environment,
// a State is written where its line is empty; existing States are never rewritten.
TEST(Links, OfTheCorpusStayValid) {
    const std::string path = tests_folder() + "/links/links.txt";
    std::vector<std::string> lines;
    const std::string text = read_file(path);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    int opened_links = 0;
    for (std::size_t n = 0; n + 2 < lines.size(); ++n) {
        if (!lines[n].starts_with("name: ")) continue;
        const std::string& link = lines[n + 1];
        std::string& expected = lines[n + 2];
        if (expected.empty() && std::getenv("UPDATE")) {
            expected = to_json(opened(link));
            std::string line;
            for (std::size_t k = 0; k < expected.size(); ++k)
                if (expected[k] != '\n')
                    line += expected[k];
                else
                    while (k + 1 < expected.size() && expected[k + 1] == ' ') ++k;
            expected = line;
        }
        EXPECT_EQ(opened(link), from_json(expected)) << lines[n];
        ++opened_links;
    }
    EXPECT_GE(opened_links, 30);
    if (!std::getenv("UPDATE")) return;
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    files::write(path, all);
}

}  // namespace
}  // namespace convloom::tests::link_test
