// Actions: what the user wants, named so. They are values, so that a test can send what a panel sends.
#pragma once
#include <string>
#include <variant>

#include "core/state/state.hpp"

namespace convloom::state {

// The layer's numbers, of both axes at once.
struct SetSize { arith::Index value; };
struct SetKernel { arith::Index value; };
struct SetStride { arith::Index value; };
struct SetPadding { arith::Index value; };
struct SetDilation { arith::Index value; };
struct SetFlip { bool on; };   // true convolution: the kernel turned round

// Its data, cell by cell.
struct SetInputValue { arith::Index row, column; float value; };
struct SetWeight { arith::Index row, column; float value; };

// What is shown, and how.
struct OpenState { State state; };   // a preset or a file; theme and labels stay as they are
struct SetView { scene::View view; };
struct SetTheme { std::string name; };
struct SetLabels { bool on; };
struct SetTurn { double turn_deg, tilt_deg; };   // the side from which the volume view looks
struct ShowLayer { int number; };                // of a chain, from 0

// The photo.
struct OpenPhoto { std::string path; arith::Shared<image::Image> image; };
struct SetFilter { std::string name; };
struct SetFilterWeight { int row, column; float value; };
struct SetShownAs { image::ShownAs shown_as; };

// Moving in time. These are not undone: they change nothing that one could lose.
struct StepForward {};
struct StepBack {};
struct TapForward {};
struct TapBack {};
struct GoToFirst {};
struct GoToLast {};
struct GoToStep { arith::Index step; };

using Action = std::variant<SetSize, SetKernel, SetStride, SetPadding, SetDilation, SetFlip, SetInputValue, SetWeight,
                            OpenState, SetView, SetTheme, SetLabels, SetTurn, ShowLayer, OpenPhoto, SetFilter, SetFilterWeight,
                            SetShownAs, StepForward, StepBack, TapForward, TapBack, GoToFirst, GoToLast, GoToStep>;

// True for the actions that undo takes back.
bool is_edit(const Action& action);

}  // namespace convloom::state
