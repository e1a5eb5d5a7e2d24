import Network
import Platform

/// The addresses of a range set in the order of their release: the longest released is first.
///
/// An entry is a hint. It may be of an address that was given again in another way, so what is
/// taken from here is only given when no lease of it exists.
struct ReleaseQueue: ~Copyable {
    struct Entry: Hashable, Sendable {
        let address: IPAddress
        let released: WallTime
    }

    private let file: Descriptor
    /// The places of the first entry that was not taken yet, and after the last.
    private(set) var first: Int
    private(set) var end: Int

    /// Opens the queue to change it and makes it where it is missing; a damaged one is emptied.
    init(_ path: String) throws(PlatformError) {
        let queue = try ReleaseQueue(of: try File.openForUpdate(path))
        if let queue {
            self = queue
        } else {
            try Self.replace(path, with: [])
            self.init(try File.openForUpdate(path), first: 1, end: 1)
        }
    }

    /// Opens the queue to read it only; nil when there is none, or a damaged one.
    init?(reading path: String) throws(PlatformError) {
        guard let file = try File.openForReading(path) else { return nil }
        guard let queue = try ReleaseQueue(of: file) else { return nil }
        self = queue
    }

    private init?(of file: consuming Descriptor) throws(PlatformError) {
        let size = Int(try file.status().size)
        let header = try file.read(Line.width, at: 0)
        guard size % Line.width == 0, let first = Line.first(header) else { return nil }
        let end = size / Line.width
        self.init(file, first: min(max(1, first), end), end: end)
    }

    private init(_ file: consuming Descriptor, first: Int, end: Int) {
        self.file = file
        self.first = first
        self.end = end
    }
}

extension ReleaseQueue {
    /// The entry at a place.
    func entry(at place: Int) throws(PlatformError) -> Entry? {
        try entries(in: place..<place + 1).first ?? nil
    }

    /// The entries at places; nil for a line that is none.
    private func entries(in places: Range<Int>) throws(PlatformError) -> [Entry?] {
        let count = (min(places.upperBound, end) - places.lowerBound) * Line.width
        guard count > 0 else { return [] }
        let bytes = try file.read(count, at: places.lowerBound * Line.width)
        return stride(from: 0, to: bytes.count, by: Line.width).map { start in
            Entry(line: bytes[start..<min(start + Line.width, bytes.count)])
        }
    }

    /// All that are still to be taken.
    func waiting() throws(PlatformError) -> [Entry] {
        try entries(in: first..<end).compactMap(\.self)
    }

    /// The addresses released at some time, read from the end.
    func released(during times: ClosedRange<WallTime>) throws(PlatformError) -> Set<IPAddress> {
        var recent: Set<IPAddress> = []
        var upper = end
        while upper > 1 {
            let lower = max(1, upper - Line.chunk)
            let entries = try entries(in: lower..<upper).compactMap(\.self)
            let young = entries.filter { times.contains($0.released) }
            recent.formUnion(young.map(\.address))
            if young.count < entries.count { break }
            upper = lower
        }
        return recent
    }

    mutating func append(_ entries: [Entry]) throws(PlatformError) {
        let lines = entries.flatMap(\.line)
        try file.write(lines.span, at: end * Line.width)
        end += entries.count
    }

    /// Forgets the entries before a place.
    mutating func advance(to place: Int) throws(PlatformError) {
        let header = Line.header(first: place)
        try file.write(header.span, at: 0)
        first = place
    }

    /// Whether the entries taken, or unread ones of a set that never runs out, should be dropped.
    var isLong: Bool { first > Self.longest || end - first > 2 * Self.longest }

    /// What a queue is cut to: all addresses of an IPv4 /16.
    ///
    /// The others are found by a look at all leases when nothing else is left.
    static let longest = 1 << 16

    /// Puts a queue of these entries in the place of another.
    static func replace(_ path: String, with entries: [Entry]) throws(PlatformError) {
        let kept = entries.suffix(longest)
        let content = Line.header(first: 1) + kept.flatMap(\.line)
        try File.replace(path, with: content.span, mode: 0o600, durably: false)
    }
}

/// Lines have one width, so that a place in the file follows from a number.
private enum Line {
    /// A time in milliseconds, the longest address (45 characters), two separators.
    static let width = 64
    /// How many lines are read at once.
    static let chunk = 64
    private static let title = "weft-released 1 "

    static func header(first: Int) -> [UInt8] { padded("\(title)\(first)") }

    /// The place of the first entry; nil when the bytes are no header of ours.
    static func first(_ bytes: [UInt8]) -> Int? {
        let words = words(bytes[...])
        guard bytes.starts(with: title.utf8), words.count == 3 else { return nil }
        return Int(words[2])
    }

    static func words(_ bytes: ArraySlice<UInt8>) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    }

    static func padded(_ text: String) -> [UInt8] {
        let spaces = String(repeating: " ", count: max(0, width - 1 - text.utf8.count))
        return Array((text + spaces + "\n").utf8)
    }
}

extension ReleaseQueue.Entry {
    private static let nanosecondsPerMillisecond: Int64 = 1_000_000

    fileprivate var line: [UInt8] {
        Line.padded("\(released.nanoseconds / Self.nanosecondsPerMillisecond) \(address)")
    }

    fileprivate init?(line: ArraySlice<UInt8>) {
        let words = Line.words(line)
        guard words.count == 2, let milliseconds = Int64(words[0]),
            let address = IPAddress(words[1])
        else { return nil }
        let (time, overflow) = milliseconds.multipliedReportingOverflow(
            by: Self.nanosecondsPerMillisecond)
        if overflow { return nil }
        self.init(address: address, released: WallTime(nanoseconds: time))
    }
}
