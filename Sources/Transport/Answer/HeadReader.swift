/// Puts an answer's head together from its lines, and does not let it grow without bound.
struct HeadReader {
    private var fields: [HTTPField] = []
    private var size = 0
    /// Whether the head is complete: what follows are trailers, which nobody needs.
    private(set) var isDone = false

    /// What a line has led to.
    enum Progress: Hashable {
        case unfinished
        case done([HTTPField])
        case tooLong
    }

    /// Takes the next line; `status` is that of the answer it belongs to.
    mutating func add(_ line: Span<UInt8>, status: Int) -> Progress {
        if isDone { return .unfinished }
        size += line.count
        guard size <= Self.longest, fields.count <= Self.most else { return .tooLong }
        let text = line.trimmed
        if !text.isEmpty {
            if let field = HTTPField(text) { fields.append(field) }
            return .unfinished
        }
        // 1xx announces an answer, and is none.
        guard status >= 200 else {
            self = HeadReader()
            return .unfinished
        }
        isDone = true
        defer { fields = [] }
        return .done(fields)
    }

    /// Twice what common servers accept in a request.
    static let longest = 64 << 10
    static let most = 200
}

extension HTTPField {
    /// Reads "name: value"; nil for what is none, such as the status line.
    init?(_ line: Span<UInt8>) {
        var colon = 0
        while colon < line.count, line[colon] != 0x3A {
            guard line[colon].isVisible else { return nil }
            colon += 1
        }
        guard colon > 0, colon < line.count else { return nil }
        self.init(
            String(copying: line.extracting(..<colon)),
            String(copying: line.extracting((colon + 1)...).trimmed))
    }
}

extension Span<UInt8> {
    /// Without the white space and line end around it.
    fileprivate var trimmed: Span<UInt8> {
        @_lifetime(copy self) get {
            var (start, end) = (0, count)
            while start < end, self[start] <= 0x20 { start += 1 }
            while start < end, self[end - 1] <= 0x20 { end -= 1 }
            return extracting(start..<end)
        }
    }
}

extension String {
    /// The bytes as UTF-8, each that is none replaced.
    fileprivate init(copying bytes: Span<UInt8>) {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        self.init(decoding: copy, as: UTF8.self)
    }
}
