package import CMnl

/// Writes netlink messages one behind the other into one growing buffer, through libmnl.
///
/// Each put makes its own room first, so nobody computes sizes and libmnl never meets an end.
@safe
package struct MessageWriter: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private(set) var capacity: Int
    /// Where the message being written begins: all before it is complete.
    private var current = 0
    /// Whether a message has begun at `current`.
    private var isOpen = false

    /// Room for a handful of requests.
    package static let defaultCapacity = 4096

    package init(capacity: Int = defaultCapacity) {
        self.capacity = max(capacity, Self.defaultCapacity)
        unsafe start = .allocate(byteCount: self.capacity, alignment: Int(MNL_ALIGNTO))
        clear(from: 0, to: self.capacity)
    }

    deinit { unsafe start.deallocate() }

    /// The bytes written so far.
    package var count: Int {
        isOpen ? current + aligned(Int(unsafe header.pointee.nlmsg_len)) : current
    }

    /// The bytes of all messages.
    package var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
            let span = unsafe Span<UInt8>(_unsafeBytes: buffer)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Forgets what was written and keeps the memory.
    package mutating func removeAll() {
        clear(from: 0, to: count)
        current = 0
        isOpen = false
    }

    private var header: UnsafeMutablePointer<nlmsghdr> {
        unsafe (start + current).assumingMemoryBound(to: nlmsghdr.self)
    }

    private func aligned(_ length: Int) -> Int {
        (length + Int(MNL_ALIGNTO) - 1) & ~(Int(MNL_ALIGNTO) - 1)
    }
}

extension MessageWriter {
    /// Starts the next message; the one before it is complete.
    package mutating func begin(type: UInt16, flags: UInt16, sequence: UInt32 = 0) {
        current = count
        // No message is open while room is made: its length is not written yet.
        isOpen = false
        reserve(MemoryLayout<nlmsghdr>.size)
        isOpen = true
        guard let header = unsafe mnl_nlmsg_put_header(start + current) else { return }
        unsafe header.pointee.nlmsg_type = type
        unsafe header.pointee.nlmsg_flags = flags | UInt16(NLM_F_REQUEST)
        unsafe header.pointee.nlmsg_seq = sequence
    }

    /// Writes the fixed part that follows the message header (`ifinfomsg`, `nfgenmsg`, …).
    package mutating func putFixed<Fixed: BitwiseCopyable>(_ value: Fixed) {
        let size = MemoryLayout<Fixed>.size
        reserve(aligned(size))
        let place = unsafe mnl_nlmsg_put_extra_header(header, size)
        unsafe place?.storeBytes(of: value, as: Fixed.self)
    }

    /// Lends the open message to a C library, with at least so many bytes of room behind it.
    package mutating func withMessage<Result>(
        reserving bytes: Int, _ body: (UnsafeMutablePointer<nlmsghdr>) -> Result
    ) -> Result {
        reserve(bytes)
        return unsafe body(header)
    }

    /// Makes room for so many bytes behind what is written.
    package mutating func reserve(_ bytes: Int) {
        let used = isOpen ? current + Int(unsafe header.pointee.nlmsg_len) : current
        grow(to: used + bytes)
    }

    /// Keeps what is not written yet zero: libmnl 1.0.4 leaves attributes' padding as it finds it.
    private func clear(from begin: Int, to end: Int) {
        unsafe (start + begin).initializeMemory(as: UInt8.self, repeating: 0, count: end - begin)
    }

    private mutating func grow(to needed: Int) {
        guard needed > capacity else { return }
        let wanted = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(
            byteCount: wanted, alignment: Int(MNL_ALIGNTO))
        unsafe larger.copyMemory(from: start, byteCount: capacity)
        unsafe start.deallocate()
        unsafe start = larger
        let copied = capacity
        capacity = wanted
        clear(from: copied, to: wanted)
    }
}

extension MessageWriter {
    /// Where an attribute that holds attributes begins.
    package struct Nest {
        fileprivate let offset: Int
    }

    /// Writes an attribute whose content is the attributes that `body` writes.
    @inlinable
    package mutating func nest<Failure: Error>(
        _ type: Int, _ body: (inout MessageWriter) throws(Failure) -> Void
    ) throws(Failure) {
        let nest = beginNest(type)
        try body(&self)
        end(nest)
    }

    /// Opens a nested attribute; what follows is its content until `end`.
    package mutating func beginNest(_ type: Int) -> Nest {
        reserve(MemoryLayout<nlattr>.size)
        let attribute = unsafe mnl_attr_nest_start(header, UInt16(truncatingIfNeeded: type))
        let base = unsafe UnsafeMutableRawPointer(header)
        return Nest(offset: unsafe attribute.map { unsafe UnsafeMutableRawPointer($0) - base } ?? 0)
    }

    /// Closes a nested attribute by patching its length.
    package mutating func end(_ nest: Nest) {
        unsafe mnl_attr_nest_end(header, attribute(at: nest))
    }

    /// Takes back a nested attribute with all its content.
    package mutating func cancel(_ nest: Nest) {
        let end = count
        defer { clear(from: count, to: end) }
        unsafe mnl_attr_nest_cancel(header, attribute(at: nest))
    }

    /// The bytes a nested attribute has so far, its own header included.
    package func length(of nest: Nest) -> Int {
        Int(unsafe header.pointee.nlmsg_len) - nest.offset
    }

    private func attribute(at nest: Nest) -> UnsafeMutablePointer<nlattr> {
        unsafe (UnsafeMutableRawPointer(header) + nest.offset).assumingMemoryBound(to: nlattr.self)
    }
}

extension MessageWriter {
    /// Where a struct begins that attributes follow, inside an attribute.
    struct Entry {
        fileprivate let offset: Int
    }

    /// Appends a struct that starts with a length of 16 bits, which `end` fills in.
    mutating func beginEntry<Header: BitwiseCopyable>(_ header: Header) -> Entry {
        let entry = Entry(offset: count)
        putFixed(header)
        return entry
    }

    mutating func end(_ entry: Entry) {
        let length = UInt16(truncatingIfNeeded: count - entry.offset)
        unsafe (start + entry.offset).storeBytes(of: length, as: UInt16.self)
    }
}

extension MessageWriter {
    /// Writes an attribute of raw bytes.
    package mutating func put(_ type: Int, _ bytes: Span<UInt8>) {
        reserve(MemoryLayout<nlattr>.size + aligned(bytes.count))
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe mnl_attr_put(
                header, UInt16(truncatingIfNeeded: type), bytes.count, bytes.baseAddress)
        }
    }

    /// Writes an attribute of any plain value, in the host's byte order.
    package mutating func put<Value: BitwiseCopyable>(_ type: Int, _ value: Value) {
        let size = MemoryLayout<Value>.size
        reserve(MemoryLayout<nlattr>.size + aligned(size))
        var value = value
        unsafe mnl_attr_put(header, UInt16(truncatingIfNeeded: type), size, &value)
    }

    /// Writes a number in network byte order, as all of netfilter wants it.
    package mutating func put(
        _ type: Int, bigEndian value: some FixedWidthInteger & BitwiseCopyable
    ) {
        put(type, value.bigEndian)
    }

    /// Writes an attribute without content: its presence is the message.
    package mutating func putFlag(_ type: Int) {
        reserve(MemoryLayout<nlattr>.size)
        unsafe mnl_attr_put(header, UInt16(truncatingIfNeeded: type), 0, nil)
    }

    /// Writes a string with its terminating NUL.
    package mutating func put(_ type: Int, string: String) {
        reserve(MemoryLayout<nlattr>.size + aligned(string.utf8.count + 1))
        unsafe mnl_attr_put_strz(header, UInt16(truncatingIfNeeded: type), string)
    }
}

extension MessageWriter {
    /// Asks for an acknowledgement of the message being written.
    package mutating func requestAcknowledgement() {
        if isOpen { unsafe header.pointee.nlmsg_flags |= UInt16(NLM_F_ACK) }
    }
}
