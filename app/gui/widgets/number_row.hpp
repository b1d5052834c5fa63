// Rows for the layer's numbers: a slider and a field if all axes are equal, one field per axis if the lock is open, and
// the reason beside a row if a value was refused.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>

#include "app/gui/base/style.hpp"
#include "app/gui/store/store.hpp"

namespace convloom::gui {

struct NumberRow {
    const char* place;  // "kernel": names its controls, "kernel", "kernel 0", "kernel lock"
    const char* label;  // in the language of the interface
    arith::LayerField field;
    arith::Index least, most;  // of the slider; typed values may be larger
};

// What rows keep from one frame to the next.
struct NumberRowsMemory {
    std::set<std::string> open_locks;                // by the rows' places
    std::map<arith::LayerField, ImVec2> row_places;  // where each was drawn last, in window units, for the callout
};

struct NumberRows {
    NumberRowsMemory& memory;
    Store& store;
    const Style& style;
    const scene::Theme& theme;
    int rank;

    void one(const NumberRow& row, arith::Index value, const std::function<state::Action(arith::Index)>& action) const;
    void axes(const NumberRow& row, const arith::Layer& layer,
              const std::function<arith::Index(const arith::Axis&)>& value,
              const std::function<state::Action(arith::Index, int)>& action) const;
    // Padding: before and after every axis.
    void sides(const NumberRow& row, const arith::Layer& layer) const;

  private:
    using Value = std::function<arith::Index(const arith::Axis&)>;
    using ToAction = std::function<state::Action(arith::Index, int)>;
    bool lock(const NumberRow& row, bool alike) const;
    void slider(const NumberRow& row, arith::Index value, float width,
                const std::function<state::Action(arith::Index)>& action) const;
    void fields(const NumberRow& row, const arith::Layer& layer, const Value& value, const ToAction& action,
                float width) const;
    void field(const NumberRow& row, const std::string& place, arith::Index value, int axis, float width,
               const std::function<state::Action(arith::Index)>& action) const;
    void note_row(const NumberRow& row) const;
};

// Why the last value was refused, over the canvas beside its row. Nothing in the panel moves for it.
void draw_callout(const NumberRowsMemory& memory, const Style& style, const scene::Theme& theme,
                  const Refusal& refusal);

// An error below a field, marked by colour and a sign.
void fault_text(const Style& style, const scene::Theme& theme, const std::string& sentence);

}  // namespace convloom::gui
