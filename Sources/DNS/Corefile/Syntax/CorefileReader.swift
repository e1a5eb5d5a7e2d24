import Platform

/// Puts what is imported where it is to stand.
struct CorefileReader {
    private let source: CorefileSource
    /// Every file that was read.
    private(set) var files: [String] = []
    private(set) var words: [Word] = []
    private var texts: [String: [Word]] = [:]
    private var snippets: [String: [Word]] = [:]
    /// What is being imported: a file or a snippet that is in it already would never end.
    private var active: [String] = []
    private var depth = 0
    private var seen = 0

    /// More than any file within the limit has: only imports of imports come here.
    static let mostWords = 1 << 20
    private static let mostImports = 32

    init(_ source: CorefileSource) { self.source = source }

    mutating func take(_ bytes: [UInt8], file: String) throws(CorefileError) {
        files.append(file)
        active.append(file)
        let words = try CorefileLexer.words(
            of: bytes, file: file, environment: source.environment)
        try expand(words)
    }

    private mutating func expand(_ text: [Word]) throws(CorefileError) {
        var rest = text[...]
        while let word = rest.popFirst() {
            seen += 1
            if seen > Self.mostWords {
                throw CorefileError(
                    word.place, in: "import", "more than \(Self.mostWords) words are imported",
                    "import less")
            }
            if word.imports {
                try replace(word, with: &rest)
            } else if depth == 0, let name = word.snippetName {
                try define(name, word, from: &rest)
            } else {
                if word.opensBlock { depth += 1 }
                if word.closesBlock { depth -= 1 }
                words.append(word)
            }
        }
    }

    /// Keeps the words between braces under a name.
    private mutating func define(
        _ name: String, _ word: Word, from rest: inout ArraySlice<Word>
    ) throws(CorefileError) {
        guard rest.popFirst()?.opensBlock == true else {
            throw CorefileError(
                word.place, "snippet \(quoted(name)) has no block", "write (\(name)) {")
        }
        guard snippets[name] == nil else {
            throw CorefileError(
                word.place, "snippet \(quoted(name)) is defined twice", "rename one of them")
        }
        var content: [Word] = []
        var level = 1
        while let next = rest.popFirst() {
            if next.opensBlock { level += 1 }
            if next.closesBlock { level -= 1 }
            if level == 0 {
                snippets[name] = content
                return
            }
            content.append(next)
        }
        throw CorefileError(
            word.place, "snippet \(quoted(name)) is never closed", "end it with a line of }")
    }
}

extension CorefileReader {
    private mutating func replace(
        _ word: Word, with rest: inout ArraySlice<Word>
    ) throws(CorefileError) {
        let arguments = rest.prefix { !$0.startsLine && !$0.closesBlock }
        guard arguments.count == 1, let target = arguments.first, !target.text.isEmpty else {
            throw CorefileError(
                word.place, in: "import", "has \(arguments.count) values",
                "write import FILE, import DIRECTORY/*, or import SNIPPET")
        }
        rest = rest.dropFirst()
        if let snippet = snippets[target.text] {
            try include(snippet, "(\(target.text))", at: target)
        } else {
            for path in try paths(target) {
                try include(try text(of: path, target), path, at: target)
            }
        }
    }

    private mutating func include(
        _ words: [Word], _ name: String, at word: Word
    ) throws(CorefileError) {
        guard !active.contains(name), active.count <= Self.mostImports else {
            throw CorefileError(
                word.place, in: "import", "\(quoted(name)) is imported from within itself",
                "leave this import out")
        }
        active.append(name)
        var words = words
        if !words.isEmpty { words[0].startsLine = true }
        try expand(words)
        active.removeLast()
    }

    private mutating func text(of path: String, _ word: Word) throws(CorefileError) -> [Word] {
        if let text = texts[path] { return text }
        let bytes: [UInt8]
        do throws(PlatformError) {
            bytes = try source.read(path)
        } catch {
            throw CorefileError(
                word.place, in: "import", "\(path) cannot be read: \(error.reason)",
                "no snippet is called \(quoted(word.text)) either: name a file or a snippet")
        }
        files.append(path)
        let words = try CorefileLexer.words(
            of: bytes, file: path, environment: source.environment)
        texts[path] = words
        return words
    }
}

extension CorefileReader {
    /// The files that an import names; their directory is the importing file's if it is relative.
    private func paths(_ word: Word) throws(CorefileError) -> [String] {
        var path = word.text
        if !path.hasPrefix("/"), let slash = word.place.file.lastIndex(of: "/") {
            path = word.place.file[...slash] + path
        }
        guard path.contains(where: Self.isWildcard) else { return [path] }
        let (directory, pattern) = Self.split(path)
        guard !directory.contains(where: Self.isWildcard), !path.contains("[") else {
            throw CorefileError(
                word.place, in: "import", "\(quoted(word.text)) has a pattern for directories",
                "only * and ? in the name of the file stand for others")
        }
        do throws(PlatformError) {
            let names = try source.list(directory.isEmpty ? "." : directory)
            return names.sorted().filter {
                Self.matches(Array($0.utf8)[...], Array(pattern.utf8)[...])
            }.map { directory + $0 }
        } catch {
            throw CorefileError(
                word.place, in: "import", "\(directory) cannot be listed: \(error.reason)",
                "name a directory that is there")
        }
    }

    private static func isWildcard(_ character: Character) -> Bool { "*?[".contains(character) }

    /// The directory with its slash, and the name.
    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        let name = path.index(after: slash)
        return (String(path[..<name]), String(path[name...]))
    }

    /// Whether a file's name is what a pattern with `*` and `?` means; the last star alone tries again.
    private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        // As in a shell, and as ConfigMaps' links need: a hidden file is named, not matched.
        if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
        var (name, pattern) = (name, pattern)
        var retry: (name: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
        while true {
            if pattern.first == UInt8(ascii: "*") {
                pattern.removeFirst()
                retry = (name, pattern)
            } else if let byte = name.first, let wanted = pattern.first,
                wanted == UInt8(ascii: "?") || wanted == byte
            {
                name.removeFirst()
                pattern.removeFirst()
            } else if name.isEmpty, pattern.isEmpty {
                return true
            } else if let last = retry, !last.name.isEmpty {
                retry = (last.name.dropFirst(), last.pattern)
                (name, pattern) = (last.name.dropFirst(), last.pattern)
            } else {
                return false
            }
        }
    }
}
