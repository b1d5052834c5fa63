#!/usr/bin/env python3
"""Writes the manual page and the completions for bash, zsh and fish, out of what the program says of itself.

    make_manual.py PROGRAM FOLDER

FOLDER gets convloom.1, convloom.bash, _convloom and convloom.fish. Nothing in them is written by hand: subcommands, options and
their values are those of `convloom --help`, and presets those of `convloom list`.
"""
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

# "flat, stacked and compare" at the beginning of a description, or after its first words and a colon.
VALUES = re.compile(r"(?:^|: )((?:[a-z0-9_-]+, )+[a-z0-9_-]+ (?:or|and) [a-z0-9_-]+|[a-z]{2} or [A-Za-z-]{2,5})")


@dataclass
class Option:
    names: list[str]
    takes: str    # "TEXT", "INT", or nothing for a switch
    says: str
    values: list[str] = field(default_factory=list)


@dataclass
class Command:
    name: str
    says: str
    usage: str
    sections: list = field(default_factory=list)   # (heading, options or lines)

    @property
    def options(self):
        return [option for _, lines in self.sections for option in lines if isinstance(option, Option) and option.names[0][0] == "-"]


def said(program, *words):
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def option_of(line, presets):
    head, _, says = line.strip().partition("  ") if "  " in line.strip() else (line.strip(), "", "")
    words, *takes = head.split(" ", 1)
    names = [name.removesuffix("{false}") for name in words.split(",")]
    option = Option(names, takes[0].split("=")[0] if takes else "", says.strip())
    return option


def command_of(program, name, presets):
    lines = said(program, *([name] if name else []), "--help").rstrip().split("\n")
    usage = next(n for n, line in enumerate(lines) if line.startswith("Usage:"))
    command = Command(name, " ".join(lines[:usage]).strip(), lines[usage].removeprefix("Usage: "))
    for line in lines[usage + 1:]:
        if re.fullmatch(r"[A-Z].*:", line):
            command.sections.append((line[:-1], []))
        elif not command.sections or not line.strip():
            if line.strip():
                command.sections.append(("", [line]))
            elif command.sections and command.sections[-1][0] not in ("Positionals", "Options", "Subcommands", "A layer by flags"):
                command.sections[-1][1].append("")
        elif command.sections[-1][0] in ("Positionals", "Options", "Subcommands", "A layer by flags"):
            entries = command.sections[-1][1]
            if line.startswith(" " * 20) and entries:
                entries[-1].says = line.strip()
            elif line.startswith("  "):
                entries.append(option_of(line, presets))
            else:
                command.sections.append(("", [line]))
        else:
            command.sections[-1][1].append(line)
    for option in command.options:
        if "--preset" in option.names:
            option.values = presets
        elif option.takes and (found := VALUES.search(option.says)):
            option.values = re.split(r", | or | and ", found[1])
    return command


def roff(text):
    """Text as roff takes it: no line begins with a control character, and minus signs stay minus signs."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("—", "\\(em").replace("…", "...")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def manual(commands, version):
    out = [f'.TH CONVLOOM 1 "" "convloom {version}" "User Commands"', ".SH NAME",
           f"convloom \\- {roff('step through convolutions, filter photos, export frames for slides')}", ".SH SYNOPSIS"]
    for command in commands:
        out += [".B " + roff(command.usage), ".br"]

    def add(command):
        for heading, lines in command.sections:
            if heading == "Subcommands":
                continue
            options = [line for line in lines if isinstance(line, Option)]
            if options:
                if heading != "Options":
                    out.extend([".PP", roff(heading) + ":"])
                for option in options:
                    out.extend([".TP", ".B " + roff(", ".join(option.names)) + (f" \\fI{option.takes}\\fR" if option.takes else ""),
                                roff(option.says) or "\\&"])
            elif heading.startswith("Example"):
                out.extend([".PP", heading + ":", ".PP", ".nf", *(roff(line.strip()) or "\\&" for line in lines if line.strip()), ".fi"])
            else:
                out.extend([".PP", *(roff(line) for line in ([heading + ":"] if heading else []) + lines if line.strip())])

    out.append(".SH DESCRIPTION")
    out.append(roff(commands[0].says))
    add(commands[0])
    out.append(".SH COMMANDS")
    for command in commands[1:]:
        out += [f".SS convloom {command.name}", roff(command.says) + "."]
        add(command)
    out += [".SH EXIT STATUS", ".TP", "0", "Done.", ".TP", "1", "Something went wrong while the program ran, such as a full disk.", ".TP", "2",
            "The request is invalid; one sentence on standard error says what.", ".TP", "3", "There is no screen for the window."]
    return "\n".join(line for line in out if line) + "\n"


def names_of(command):
    return [name for option in command.options for name in option.names]


def bash(commands):
    subcommands = " ".join(command.name for command in commands[1:])
    out = ["# bash completion for convloom", "_convloom() {", "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=",
           "    local n", "    for ((n = 1; n < COMP_CWORD; ++n)); do", f"        case ${{COMP_WORDS[n]}} in {subcommands.replace(' ', '|')}) command=${{COMP_WORDS[n]}}; break;; esac",
           "    done", "    case $command:$before in"]
    for command in commands:
        for option in command.options:
            if option.values:
                for name in option.names:
                    out.append(f"        {command.name}:{name}) COMPREPLY=($(compgen -W '{' '.join(option.values)}' -- \"$word\")); return;;")
    out += ["    esac", "    if [[ $word == -* ]]; then", "        case $command in"]
    for command in commands:
        out.append(f"            '{command.name}') COMPREPLY=($(compgen -W '{' '.join(names_of(command))}' -- \"$word\")); return;;")
    out += ["        esac", "    fi", f"    if [[ -z $command ]]; then COMPREPLY=($(compgen -W '{subcommands}' -- \"$word\")); return; fi",
            "    compopt -o filenames 2>/dev/null", "    COMPREPLY=($(compgen -f -- \"$word\"))", "}", "complete -F _convloom convloom"]
    return "\n".join(out) + "\n"


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh(commands):
    out = ["#compdef convloom", "local command= word", "for word in ${words[2,CURRENT-1]}; do",
           f"    case $word in {'|'.join(command.name for command in commands[1:])}) command=$word; break;; esac", "done", "case $command:${words[CURRENT-1]} in"]
    for command in commands:
        for option in command.options:
            if option.values:
                out.append(f"    {'|'.join(f'{command.name}:{name}' for name in option.names)}) compadd -- {' '.join(option.values)}; return;;")
    out += ["esac", "local -a known", "if [[ $PREFIX == -* ]]; then", "    case $command in"]
    for command in commands:
        entries = " ".join(quoted(name.replace(":", "\\:") + ":" + option.says[:60]) for option in command.options for name in option.names)
        out.append(f"        '{command.name}') known=({entries});;")
    out += ["    esac", "    _describe option known; return", "fi", "if [[ -z $command ]]; then",
            "    known=(" + " ".join(quoted(f"{command.name}:{command.says[:60]}") for command in commands[1:]) + ")", "    _describe command known; return", "fi", "_files"]
    return "\n".join(out) + "\n"


def fish(commands):
    subcommands = " ".join(command.name for command in commands[1:])
    out = ["# fish completion for convloom"]
    for command in commands[1:]:
        out.append(f"complete -c convloom -f -n 'not __fish_seen_subcommand_from {subcommands}' -a {command.name} -d {quoted(command.says[:60])}")
    for command in commands:
        when = f"__fish_seen_subcommand_from {command.name}" if command.name else f"not __fish_seen_subcommand_from {subcommands}"
        for option in command.options:
            for name in option.names:
                kind = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
                takes = f" -x -a {quoted(' '.join(option.values))}" if option.values else " -r" if option.takes else ""
                out.append(f"complete -c convloom -n '{when}' {kind} -d {quoted(option.says[:60])}{takes}")
    return "\n".join(out) + "\n"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    presets = [line.split()[0] for line in said(program, "list").splitlines() if line.strip()]
    top = command_of(program, "", presets)
    names = [option.names[0] for heading, lines in top.sections if heading == "Subcommands" for option in lines]
    commands = [top, *(command_of(program, name, presets) for name in names)]
    version = said(program, "--version").split()[1]
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("convloom.1", manual(commands, version)), ("convloom.bash", bash(commands)), ("_convloom", zsh(commands)),
                       ("convloom.fish", fish(commands))):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
