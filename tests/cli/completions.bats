#!/usr/bin/env bats
# The completion scripts, in the shells themselves: all that the program says of its commands,
# options and mixers completes, and nothing else does.
load helpers

# offers SHELL LINE...: what the shell offers, as "LINE<tab>WORD", sorted. Whether fish puts a colon
# behind a mixer and zsh an equals sign behind an option does not count.
offers() {
    local shell=$1
    shift
    "$MIXSMITH" completions "$shell" >"$BATS_TEST_TMPDIR/script"
    timeout 120 "$BATS_TEST_DIRNAME/complete.$shell" "$BATS_TEST_TMPDIR/script" "$@" |
        sed -E 's/:$//; s/(\t--[a-z-]+)=$/\1/; s:/$::' | sort -u
}

# expected: the same, from the help of every command and the list of mixers.
expected() {
    "$PYTHON" - "$MIXSMITH" <<'EOF' | sort -u
import json, re, subprocess, sys

def told(*words):
    return subprocess.run([sys.argv[1], *words], capture_output=True, text=True, check=True).stdout

def offer(line, words):
    for word in words:
        print(f"{line}\t{word}")

def offer_mixers(line):
    mixers = json.loads(told("list", "mixers", "--json"))["mixers"]
    offer(line, [mixer["name"] for mixer in mixers])
    for mixer in mixers:
        spec = f"{mixer['name']}:"
        offer(line + spec, [f"{spec}{param['name']}=" for param in mixer["parameters"]])
        for param in mixer["parameters"]:
            value = f"{spec}{param['name']}="
            words = param.get("choices") or [param["standard"]]
            offer(line + value, [value + word for word in words if isinstance(word, str)])

commands = re.findall(r"^  mixsmith (\w+)", told("--help"), re.MULTILINE)
offer("mixsmith ", commands)
offer("mixsmith help ", commands)
for command in set(commands) - {"help"}:
    text = told("help", command)
    options = re.findall(r"^ +(?:-(\w), )?--([\w-]+)(?: (\S+))?(?:  .*)?$", text, re.MULTILINE)
    offer(f"mixsmith {command} -", [f"--{name}" for _, name, _ in options])
    offer(f"mixsmith {command} -", [f"-{letter}" for letter, _, _ in options if letter])
    for _, name, value in options:
        if re.fullmatch(r"[a-z0-9]+(\|[a-z0-9]+)+", value):
            offer(f"mixsmith {command} --{name} ", value.split("|"))
        if value == "SPEC":
            offer_mixers(f"mixsmith {command} --{name} ")
    usage = re.match(rf"usage: mixsmith {command} \[?([a-z|]+)\]?", text)
    if usage:
        offer(f"mixsmith {command} ", usage[1].split("|"))
EOF
}

# completes_all SHELL
completes_all() {
    expected >wanted
    [ "$(wc -l <wanted)" -gt 100 ]
    mapfile -t lines < <(cut -f 1 wanted | sort -u)
    offers "$1" "${lines[@]}" >offered
    diff wanted offered
}

# completes SHELL <TABLE: for each "LINE -> WORD..." it offers just these words.
completes() {
    local line words
    : >lines
    : >wanted
    while IFS= read -r line; do
        words=${line##*->}
        line=${line%% ->*}
        echo "$line" >>lines
        for word in $words; do
            printf '%s\t%s\n' "$line" "$word" >>wanted
        done
    done
    mapfile -t lines <lines
    offers "$1" "${lines[@]}" >offered
    diff <(sort wanted) offered
}

# completes_specs SHELL
completes_specs() {
    completes "$1" <<'EOF'
mixsmith mix -m zeta:ga -> zeta:gamma=
mixsmith mix -m cutmix:box= -> cutmix:box=clip cutmix:box=inside
mixsmith mix -m cutmix:box=i -> cutmix:box=inside
mixsmith mix -m cutmix:min=0.1,m -> cutmix:min=0.1,max=
mixsmith mix -m mixup:alpha=1, ->
mixsmith mix -m zeta:gamma=2.8,t=8+cut -> zeta:gamma=2.8,t=8+cutmix
mixsmith mix -m zeta+fmix:s -> zeta+fmix:soft= zeta+fmix:spectrum=
mixsmith mix x -m mixup@0.5 -m cutmix:box=clip,as -> cutmix:box=clip,aspect=
mixsmith mix --mixer=fmix:dec -> --mixer=fmix:decay=
mixsmith mix -m mixup@ ->
mixsmith mix -m mixup:alpha= ->
mixsmith mix -m nothing: ->
EOF
}

# completes_values SHELL: files and folders where they are wanted, and only there.
completes_values() {
    mkdir -p photos
    touch labels.csv
    completes "$1" <<'EOF'
mixsmith mix pho -> photos
mixsmith mix photos -o pho -> photos
mixsmith mix --labels lab -> labels.csv
mixsmith mix --labels=lab -> --labels=labels.csv
mixsmith mix --batch pho ->
mixsmith mix --split pho ->
mixsmith grid --sweep pho ->
mixsmith grid photos --show m -> mask
mixsmith grid photos --show sources,m -> sources,mask
mixsmith list pho ->
mixsmith list mix -> mixers
mixsmith list --json so -> sources
mixsmith mix --pair=o -> --pair=other
mixsmith mix photos --force --see -> --seed
EOF
}

@test "bash completes every command, option, choice, mixer and parameter" {
    completes_all bash
}

@test "zsh completes every command, option, choice, mixer and parameter" {
    completes_all zsh
}

@test "fish completes every command, option, choice, mixer and parameter" {
    completes_all fish
}

@test "bash completes chains, parameters that are left, and values in the same word" {
    completes_specs bash
}

@test "zsh completes chains, parameters that are left, and values in the same word" {
    completes_specs zsh
}

@test "fish completes chains, parameters that are left, and values in the same word" {
    completes_specs fish
}

@test "bash completes paths where they are wanted" {
    completes_values bash
}

@test "zsh completes paths where they are wanted" {
    completes_values zsh
}

@test "fish completes paths where they are wanted" {
    completes_values fish
}

@test "a word that bash did not break completes as a whole" {
    "$MIXSMITH" completions bash >script
    run bash -c '. ./script
        COMP_WORDBREAKS=${COMP_WORDBREAKS//:}
        COMP_WORDS=(mixsmith mix -m zeta:ga) COMP_CWORD=3
        _mixsmith 2>/dev/null
        echo "${COMPREPLY[@]}"'
    same "$output" zeta:gamma=
}

@test "zsh and fish explain commands, options and parameters" {
    "$MIXSMITH" completions zsh >script.zsh
    "$MIXSMITH" completions fish >script.fish
    grep -qF "'list:what there is: mixers, sources, sinks, codecs'" script.zsh
    grep -qF "'(-S --seed)'{-S+,--seed=}'[the same seed gives the same bytes]:N:'" script.zsh
    grep -qF "'min:least side of the box as a part of the sample'\\''s; with max" script.zsh
    for line in 'mixsmith li' 'mixsmith mix --see' 'mixsmith mix -m cutmix:mi'; do
        fish --no-config -c "source script.fish; complete -C '$line'"
    done >said
    diff said - <<'EOF'
list	what there is: mixers, sources, sinks, codecs
--seed	the same seed gives the same bytes
cutmix:min=	least side of the box as a part of the sample's; with max, replaces λ
EOF
}

@test "which shell has to be said" {
    run --separate-stderr "$MIXSMITH" completions
    refused 2 "completions: say for which shell: bash|zsh|fish"
    run --separate-stderr "$MIXSMITH" completions fsih
    refused 2 "completions fsih: expected one of bash|zsh|fish; did you mean fish?"
    run --separate-stderr "$MIXSMITH" completions bash zsh
    refused 2 "completions takes one of bash|zsh|fish, not 2 words"
}

@test "make install puts the scripts where shells look, and uninstall removes them" {
    local make=(make -s -C "$ROOT" BUILD="$(dirname "$MIXSMITH")" PREFIX=/usr DESTDIR="$PWD/root")
    "${make[@]}" install >/dev/null
    cmp <("$MIXSMITH" completions bash) root/usr/share/bash-completion/completions/mixsmith
    cmp <("$MIXSMITH" completions zsh) root/usr/share/zsh/site-functions/_mixsmith
    cmp <("$MIXSMITH" completions fish) root/usr/share/fish/vendor_completions.d/mixsmith.fish
    "${make[@]}" uninstall >/dev/null
    same "$(find root -type f)" ""
}
