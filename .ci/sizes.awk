# Lengths of Swift files and functions, by the indentation that swift-format enforces: a function
# ends at the first line with its own indentation that begins with a brace. Its length counts all
# its lines, signature and closing brace included.

function finish_file() {
    if (file != "") { files[++file_count] = lines; file_of[file_count] = file }
    lines = 0
    depth = 0
}

function indentation(line) {
    match(line, /^ */)
    return RLENGTH
}

function add(length_, name) {
    functions[++function_count] = length_
    function_of[function_count] = name
}

# Bubbles are fine for a thousand functions only; this is a heap sort, for mawk has none.
function sift(list, first, last,    root, child, swap) {
    for (root = first; 2 * root <= last; root = child) {
        child = 2 * root
        if (child < last && list[child] < list[child + 1]) child++
        if (list[root] >= list[child]) return
        swap = list[root]; list[root] = list[child]; list[child] = swap
    }
}

function sort(list, count,    index_, swap) {
    for (index_ = int(count / 2); index_ >= 1; index_--) sift(list, index_, count)
    for (index_ = count; index_ > 1; index_--) {
        swap = list[1]; list[1] = list[index_]; list[index_] = swap
        sift(list, 1, index_ - 1)
    }
}

function rank(list, count, share,    place) {
    place = int(count * share + 0.999999)
    return list[place < 1 ? 1 : place]
}

function over(list, count, limit,    index_, total) {
    for (index_ = 1; index_ <= count; index_++) total += list[index_] > limit
    return total + 0
}

# The longest of those over the limit, at most five, and a failure for one over the hard limit.
function worst(list, names, sorted, count, limit, hard, what,    index_, shown, from) {
    from = sorted[count > 5 ? count - 4 : 1]
    for (index_ = 1; index_ <= count; index_++) {
        if (list[index_] <= limit) continue
        if (list[index_] > hard) {
            printf "    %s lines: %s is too long: a %s may have %d\n", \
                list[index_], names[index_], what, hard
            failed = 1
        } else if (list[index_] >= from && shown++ < 5)
            printf "    %s lines: %s\n", list[index_], names[index_]
    }
}

function percentiles(list, count) {
    if (count == 0) return "none"
    return sprintf("p50 %d  p75 %d  p90 %d  max %d", rank(list, count, 0.50), \
        rank(list, count, 0.75), rank(list, count, 0.90), list[count])
}

FNR == 1 { finish_file(); file = FILENAME }
{ lines++ }

# A line that may end open functions comes before one that may begin another.
depth > 0 && !/^ *$/ {
    here = indentation($0)
    text = substr($0, here + 1)
    while (depth > 0) {
        if (here > indent[depth]) break
        if (here == indent[depth] && (text ~ /^\)/ || text ~ /^{/)) {
            if (text ~ /{$/) opened[depth] = 1
            break
        }
        if (here == indent[depth] && opened[depth] && text ~ /^}/)
            add(FNR - start[depth] + 1, file ":" start[depth])
        # Anything else at this indentation: a requirement of a protocol, which has no body.
        depth--
    }
    if (depth > 0 && here > indent[depth] && text ~ /{$/ && !opened[depth]) opened[depth] = 1
}

/^ *(@[A-Za-z_]+(\([^)]*\))? +)*((package|private|fileprivate|static|mutating|borrowing|consuming|nonisolated|override|final|convenience|isolated|class|indirect|required)(\([a-z]*\))? +)*(func |init[?(<]|subscript[(<]|deinit )/ {
    if ($0 ~ /{.*}$/) add(1, file ":" FNR)
    else {
        depth++
        indent[depth] = indentation($0)
        start[depth] = FNR
        opened[depth] = $0 ~ /{$/
    }
}

END {
    finish_file()
    for (index_ = 1; index_ <= file_count; index_++) sorted_files[index_] = files[index_]
    for (index_ = 1; index_ <= function_count; index_++) sorted_functions[index_] = functions[index_]
    sort(sorted_files, file_count)
    sort(sorted_functions, function_count)
    printf "%-8s %4d files      %s  over 300: %d\n", tree, file_count, \
        percentiles(sorted_files, file_count), over(sorted_files, file_count, 300)
    worst(files, file_of, sorted_files, file_count, 300, 400, "file")
    printf "%-8s %4d functions  %s  over 20: %d  over 50: %d\n", tree, function_count, \
        percentiles(sorted_functions, function_count), \
        over(sorted_functions, function_count, 20), over(sorted_functions, function_count, 50)
    worst(functions, function_of, sorted_functions, function_count, 20, 50, "function")
    exit failed
}
