// Rows of the layer's numbers: a slider with a field to type in where all axes are alike, one field an axis where the
// lock is open, and beside a row the reason why a value was refused.
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
    arith::Index least, most;  // of the slider; what is typed may be more
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

// A fault below a field, with a sign beside its colour.
void fault_text(const Style& style, const scene::Theme& theme, const std::string& sentence);

}  // namespace convloom::gui
