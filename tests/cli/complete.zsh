#!/usr/bin/zsh -f
# complete.zsh SCRIPT LINE...: what zsh offers at the end of each line, as "LINE<tab>WORD", where a
# script of completions was read. Completion works in a line editor on a terminal only, so a second
# zsh runs on one of zpty's, and notes what is added instead of showing it.
setopt no_unset
zmodload zsh/zpty zsh/zselect
typeset -r LIMIT=3000 # hundredths of a second for a line

typeset -x NOTES=$(mktemp -d) SCRIPT=$1:A
shift
trap 'rm -rf $NOTES' EXIT

cat >$NOTES/start <<'EOF'
PS1= PS2=
autoload -Uz compinit && compinit -D -u
source $SCRIPT
compadd() {
    local -a words before inner suffix
    # Calls that only compute leave the words to a later one.
    if [[ -n ${argv[(r)-[OADC]]} ]]; then
        builtin compadd "$@"
        return
    fi
    builtin compadd -A words "$@"
    local result=$(( $#words == 0 ))
    zparseopts -E P:=before p:=inner S:=suffix
    for word in $words; do
        print -r -- "$IPREFIX${before[2]-}${inner[2]-}$word${suffix[2]-}"
    done >>$NOTES/words
    return $result
}
note() {
    _main_complete
    compstate[insert]= compstate[list]=
    : >$NOTES/done
}
zle -C note complete-word note
bindkey '^I' note
: >$NOTES/done
EOF

# Waits for the other zsh, whose terminal must not fill up.
finished() {
    local waited=0 shown
    until [[ -e $NOTES/done ]]; do
        zpty -r -t other shown '*' || zselect -t 1
        (( ++waited < LIMIT )) || { print -u 2 "no completion of: $1"; return 1 }
    done
    rm $NOTES/done
}

zpty other zsh -f -i
zpty -w other "source $NOTES/start"
finished start || exit 1
for line; do
    : >$NOTES/words
    zpty -w -n other $'\C-u'$line$'\t'
    finished $line || exit 1
    while read -r word; do
        print -r -- $line$'\t'$word
    done <$NOTES/words
done
zpty -d other
