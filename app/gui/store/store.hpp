// The store: the only mutable object of the window. Panels read the State from it and dispatch Actions. Besides the
// History it keeps what is not part of the document: whether it plays, the last refusal, the last message, and the
// Scene of the current State, which is computed once after each change.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/scene/looks/view.hpp"
#include "core/state/links/link.hpp"
#include "core/state/shown/scene_of.hpp"
#include "core/state/update/history.hpp"

namespace convloom::gui {

// A value that was entered in a field and refused.
struct Refusal {
    arith::LayerField field = arith::LayerField::size;
    int axis = state::every_axis;
    arith::Index value = 0;
    std::string title;     // "Kernel size k = 7 is refused"
    std::string sentence;  // why, and the nearest value that works
    double until_s = 0;    // in the window's time
};

struct Message {
    std::string text;
    bool is_fault = false;
    double until_s = 0;     // in the window's time
    std::string file = {};  // the file written, to be shown in its folder; empty for none
};

// What happens after the last step while playing.
enum class Repeat { once, loop, ping_pong };

// The speeds offered, in steps per second.
constexpr double speeds[] = {0.5, 1, 1.5, 2, 4, 8, 16};

// Why a locked page takes no edit, in the interface's language.
const char* locked_sentence();

// A link's State with what it leaves to its reader, of what was shown before: the theme, the language, a photo's
// pixels. Throws an Error where there is no photo that its filters could be shown on.
state::State state_of_link(const state::Link& link, const state::State& before);

// The action that opens a file: OpenPhoto, or OpenState for a .json. Throws an Error.
state::Action open_action(const std::string& path);

class Store {
  public:
    explicit Store(state::State first);

    // Unchanged until the frame ends, for callers that dispatch while reading; ask again afterwards.
    const state::State& state() const { return *shown_; }
    const state::History& history() const { return history_; }
    // A new number for every change of what is shown.
    std::uint64_t version() const { return version_; }
    const scene::Theme& theme() const;

    // Returns false if the action was refused; the message then says why.
    bool dispatch(const state::Action& action);
    // For a number's field: edits of one gesture are one undo step, and a refused value is remembered.
    bool dispatch_number(arith::LayerField field, int axis, const std::string& label, arith::Index value,
                         const state::Action& action);
    // For a drag on the canvas: one undo step.
    bool dispatch_drag(const state::Action& action);
    // Begins a new gesture.
    void begin_gesture() { ++gesture_; }
    // Moves in time by hand, which stops playing.
    void move(const state::Action& action);
    // Until a value is accepted, or the refusal was shown long enough to read; null if there is none.
    const Refusal* refusal() const { return refusal_ ? &*refusal_ : nullptr; }
    void forget_refusal();

    void undo(int count = 1);
    void redo();

    // As a link asks for it: edits of layer and data are refused with a sentence, steps and views are not.
    bool locked() const { return locked_; }
    void set_locked(bool on) { locked_ = on; }

    // Opens a photo or a state file, which ends a lock; a fault becomes the message.
    bool open_file(const std::string& path);
    // Writes the document; an error becomes the message.
    bool save_file(const std::string& path);
    const std::string& file() const { return file_; }  // the file opened from or saved to last; empty for none
    void set_file(std::string path);
    // Whether the file can be overwritten without loss: it does not exist, or is as this program opened or saved it.
    bool may_write_over(const std::string& path) const;
    // Whether there are unsaved changes; without a file, changes since it was opened.
    bool is_changed();
    // Shows what a link holds; a fault becomes the message.
    bool open_link(const state::Link& link);
    // Begins something new with a preset: the file that was open is let go of.
    void open_preset(state::State preset);
    // The same while a gesture goes on, such as drawing a network's input: all of it is one undo step.
    void follow_gesture(state::State state);
    // Restores an unsaved document of the last run: it is compared with the preset that it started from.
    void compare_with_preset();
    // Records the file whose document is shown, as at the program's start.
    void note_opened(const std::string& path);
    // Writes the current frame to the current folder and shows a message.
    void save_frame(const char* ending);
    // The same of another picture; `stem` is the file's name without its ending.
    void save_picture(const scene::Scene& picture, const std::string& stem, const char* ending);

    const scene::Scene& scene();  // as it is saved
    // As it is shown: the page fills the canvas, and as long as a value is refused because the window does
    // not fit, the picture of the layer that cannot be is in its place.
    const scene::Scene& scene_on_canvas();
    void set_canvas(double width, double height);
    // Of the layer shown.
    const arith::Recording& recording() { return scenes_.recording(state()); }

    // Playing: one step, or product, every 1/steps_per_second.
    bool playing() const { return playing_ && state().shows_steps(); }
    void set_playing(bool on);
    double steps_per_second = 1.5;
    void set_speed(double per_second) { steps_per_second = per_second, next_step_s_ = now_s_ + 1 / per_second; }
    Repeat repeat = Repeat::loop;
    bool by_taps = false;  // plays product by product
    // Advances the time; the window calls it with its clock in seconds before each frame.
    void tick(double now_s);
    // When tick() has something to do next, or nothing.
    std::optional<double> next_tick_s() const;

    const std::optional<Message>& message() const { return message_; }
    void say(std::string text, bool is_fault = false, std::string file = {});

  private:
    // Says why where the page is locked against it.
    bool refuses(const state::Action& action);
    void changed();
    // What is shown is a new document without a file.
    void begin_document();
    void play_on();
    bool is_at_end() const;

    state::History history_;
    std::shared_ptr<const state::State> shown_;              // that of the history
    std::vector<std::shared_ptr<const state::State>> kept_;  // earlier ones of this frame
    std::uint64_t version_ = 0, gesture_ = 0;
    std::optional<Refusal> refusal_;
    bool playing_ = true, backwards_ = false, locked_ = false;
    double now_s_ = 0, next_step_s_ = 0;
    std::optional<Message> message_;
    // A file as it was last read or written, and the document in it.
    struct Known {
        std::filesystem::file_time_type time;
        std::uintmax_t bytes = 0;
        std::shared_ptr<const state::State> document;
    };
    static std::optional<Known> stamp_of(const std::string& path);

    std::string file_;
    std::map<std::string, Known> known_;
    std::shared_ptr<const state::State> opened_;  // without a file
    std::uint64_t compared_version_ = 0;          // for is_changed()
    bool changed_ = false;

    void show_refused(const arith::Layer& layer);

    std::optional<scene::Scene> scene_, scene_on_canvas_;  // the latter only if its page differs
    std::optional<scene::Scene> refused_scene_;            // while there is a refusal
    scene::Room room_;
    scene::PageSize page_;  // of the other views
    state::SceneMaker scenes_;
};

}  // namespace convloom::gui
