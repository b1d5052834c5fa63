// Reads the fields of one JSON object, for states and cases.
//
// Every function checks the type and throws an Error that names the full path of the field, such as "layer.stride".
// Limits on the values are the caller's task.
#pragma once
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/layer/counts.hpp"
#include "core/arith/layer/shape.hpp"
#include "core/state/base/error.hpp"

namespace convloom::state {

using Json = nlohmann::ordered_json;

class JsonReader {
  public:
    // `what` is the beginning of error messages: "This is not a Convloom state".
    JsonReader(const Json& object, std::string_view what, std::string path = "")
        : object_(object), what_(what), path_(std::move(path)) {
        if (!object_.is_object()) fail("", "is not an object");
    }

    [[noreturn]] void fail(std::string_view field, std::string_view why) const {
        std::string name = path_;
        if (!field.empty()) name += (name.empty() ? "" : ".") + std::string(field);
        throw Error(fmt::format("{}: {} {}.", what_, name.empty() ? "the file" : name, why));
    }
    const Json& object() const { return object_; }
    bool has(const char* field) const { return object_.contains(field) && !object_[field].is_null(); }
    bool has_key(const char* field) const { return object_.contains(field); }
    std::string path_of(const std::string& field) const { return path_.empty() ? field : path_ + "." + field; }
    const Json& at(const char* field) const {
        if (!object_.contains(field)) fail(field, "is missing");
        return object_[field];
    }
    std::string text(const char* field) const {
        if (!at(field).is_string()) fail(field, "is not a text");
        return object_[field].get<std::string>();
    }
    bool flag(const char* field) const {
        if (!at(field).is_boolean()) fail(field, "is not true or false");
        return object_[field].get<bool>();
    }
    bool flag_or(const char* field, bool value) const { return has(field) ? flag(field) : value; }
    arith::Index whole(const char* field) const { return whole(field, at(field)); }
    arith::Index whole_or(const char* field, arith::Index value) const { return has(field) ? whole(field) : value; }
    arith::Index whole(const char* field, const Json& value) const {
        const bool too_large = value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX;
        if (!value.is_number_integer() || too_large) fail(field, "is not a whole number");
        return value.get<arith::Index>();
    }
    [[noreturn]] void fail_of_size(const char* field, const Json& values, arith::Index count) const {
        fail(field,
             fmt::format("has {} where {} {} needed", arith::counted(static_cast<arith::Index>(values.size()), "value"),
                         count, count == 1 ? "is" : "are"));
    }
    const Json& list(const char* field) const {
        if (!at(field).is_array()) fail(field, "is not a list");
        return object_[field];
    }
    float number(const char* field) const {
        if (!at(field).is_number() || !std::isfinite(at(field).get<float>())) fail(field, "is not a number");
        return at(field).get<float>();
    }
    // A list of integers; of exactly `count`, unless that is negative.
    std::vector<arith::Index> wholes(const char* field, int count = -1) const {
        const Json& values = list(field);
        if (count >= 0 && static_cast<int>(values.size()) != count) fail_of_size(field, values, count);
        std::vector<arith::Index> result;
        for (const Json& value : values) result.push_back(whole(field, value));
        return result;
    }
    std::vector<float> numbers(const char* field, arith::Index count) const {
        const Json& values = list(field);
        if (static_cast<arith::Index>(values.size()) != count) fail_of_size(field, values, count);
        std::vector<float> result;
        result.reserve(values.size());
        for (const Json& value : values) {
            if (!value.is_number() || !std::isfinite(value.get<float>()))
                fail(field, "holds something that is not a number");
            result.push_back(value.get<float>());
        }
        return result;
    }
    JsonReader inner(const char* field) const {
        return {at(field), what_, path_.empty() ? field : path_ + "." + field};
    }

  private:
    const Json& object_;
    std::string_view what_;
    std::string path_;
};

}  // namespace convloom::state
