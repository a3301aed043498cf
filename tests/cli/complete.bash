#!/bin/bash
# complete.bash SCRIPT LINE...: what bash offers at the end of each line, as "LINE<tab>WORD", where a
# script of completions was read. Readline breaks a line at blanks and around what else is in
# COMP_WORDBREAKS, and replaces what follows the last break.
set -u

# What readline would do itself: files.
compopt() {
    [[ "$*" != *default* ]] || files=yes
}

# shellcheck source=/dev/null
. "$1"
shift
# words LINE: as readline breaks it, one a line; the last, to be completed, may be empty.
words() {
    grep -oE '[:=@]+|[^ :=@]+' <<<"$1"
    [[ $1 != *' ' ]] || echo
}
for line; do
    mapfile -t COMP_WORDS < <(words "$line")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    files='' COMPREPLY=()
    _mixsmith mixsmith
    word=${line##* }
    typed=${word##*[:=@]}
    [ -z "$files" ] || mapfile -t COMPREPLY < <(compgen -f -- "$typed")
    for reply in "${COMPREPLY[@]}"; do
        printf '%s\t%s\n' "$line" "${word%"$typed"}$reply"
    done
done
