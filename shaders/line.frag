// One straight segment of a line. At a joint the bisector divides the pixels between both segments, so that none is
// drawn twice, and the mitre is the corner between the borders of both.
flat in vec4 ends, cuts, look, line_color;

vec2 normal(vec2 direction) { return vec2(-direction.y, direction.x); }

float both(float one, float other, float turn) { return mix(min(one, other), one * other, turn * turn); }

// Inside both the outer and the inner border of a joint at `joint`; `other` is the neighbour's direction.
float mitre(vec2 p, vec2 joint, vec2 direction, vec2 other, float turn, float half_width) {
    float outwards = turn > 0.0 ? -1.0 : 1.0;
    vec2 n = normal(direction), m = normal(other);
    float one = outwards * dot(p - joint, n), two = outwards * dot(p - joint, m);
    float outer = both(half_plane(half_width - one, n), half_plane(half_width - two, m), turn);
    float inner = both(half_plane(-half_width - one, n), half_plane(-half_width - two, m), turn);
    return max(outer - inner, 0.0);
}

// Joints belong to the dash that reaches them.
float dashed(float along, float length, bool joint_a, bool joint_b, vec2 direction) {
    const float far = 1e9;
    if (joint_a) along = max(along, 0.0);
    if (joint_b) along = min(along, length);
    if (look.w > 0.0 && along < 0.5 * look.y) return 1.0;
    vec2 ends = vec2(joint_a ? -far : look.z, joint_b ? far : look.z + length);
    return dashes(look.z + along, look.y, ends, direction);
}

void main() {
    vec2 a = ends.xy, b = ends.zw, p = pixel();
    bool joint_a = cuts.xy != vec2(0), joint_b = cuts.zw != vec2(0);
    if (joint_a && dot(p - a, cuts.xy) < 0.0 || joint_b && dot(p - b, cuts.zw) >= 0.0) discard;
    vec2 direction = normalize(b - a);
    float along = dot(p - a, direction), length = distance(a, b), half_width = 0.5 * look.x;

    bool first_half = along < 0.5 * length;
    vec2 joint = first_half ? a : b, cut = first_half ? cuts.xy : cuts.zw;
    float share;
    if (cut == vec2(0)) {
        vec2 n = normal(direction);
        share = strip(abs(dot(p - a, n)), half_width, n);
    } else {
        vec2 other = 2.0 * dot(direction, cut) * cut - direction;   // the neighbour's direction, mirrored at the bisector
        float turn = dot(normal(direction), other) * (first_half ? -1.0 : 1.0);
        share = mitre(p, joint, direction, other, turn, half_width);
    }
    if (look.y > 0.0) {
        share *= dashed(along, length, joint_a, joint_b, direction);
    } else {
        if (!joint_a) share *= half_plane(along, direction);
        if (!joint_b) share *= half_plane(length - along, direction);
    }
    color = premultiplied(line_color) * share;
}
