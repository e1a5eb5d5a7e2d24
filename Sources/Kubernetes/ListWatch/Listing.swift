/// A list that is under way, and what is known of how the next one must be made.
struct Listing: Hashable, Sendable {
    enum Way: Hashable {
        case stream
        case pages
        /// One answer, however large: for servers that forget a list before all its pages are read.
        case whole
    }

    private(set) var way = Way.pages
    /// Whether a replacement has begun.
    private(set) var isOpen = false
    /// What the next page is asked for with.
    private(set) var next = ""
    private(set) var version = ResourceVersion()
    /// What the page that is being read says of itself: it counts once all of the page has come.
    private var meta: ListMeta?
    /// Whether pages of one list were of different states.
    private(set) var isMixed = false

    /// Whether the newest state is asked for, whatever has been seen.
    var isConsistent = false
    private(set) var brokenStreams = 0
    private(set) var brokenPages = 0
    private(set) var forgotten = 0
    private(set) var tooEarly = 0
}

extension Listing {
    mutating func begin(_ preferred: Way) {
        way =
            forgotten > Self.patience
            ? .whole : brokenStreams >= Self.streamPatience ? .pages : preferred
        isOpen = true
        next = ""
        version = ResourceVersion()
        meta = nil
        isMixed = false
        brokenPages = 0
    }

    mutating func beginPage() { meta = nil }

    mutating func take(_ meta: ListMeta) { self.meta = meta }

    /// Takes the page in; false if it does not say what it is a page of.
    mutating func finishPage() -> Bool {
        guard let meta, !meta.resourceVersion.isEmpty else { return false }
        let stated = ResourceVersion(meta.resourceVersion)
        isMixed = isMixed || !version.isEmpty && stated != version
        version = stated
        next = meta.continuation
        return true
    }

    /// A stream of all objects ends its list with a bookmark.
    mutating func take(_ version: ResourceVersion) { self.version = version }

    mutating func drop() { isOpen = false }

    mutating func breakStream() { brokenStreams += 1 }

    /// Whether a page that failed may be asked for again.
    mutating func breakPage() -> Bool {
        brokenPages += 1
        return brokenPages <= Self.patience
    }

    /// The server has forgotten the state that the list began at.
    mutating func forget() { forgotten += 1 }

    /// The server has not come as far as what was seen; at last whatever it has is taken.
    mutating func comeTooEarly() {
        tooEarly += 1
        if tooEarly >= Self.patience { isConsistent = true }
    }

    /// How often in a row something is tried the same way.
    private static let patience = 3
    private static let streamPatience = 2
}
