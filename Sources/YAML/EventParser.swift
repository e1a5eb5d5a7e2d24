import CYaml

/// One step through a stream, as libyaml takes it.
struct Event {
    enum Kind {
        case documentStart, documentEnd, streamEnd, collectionEnd
        case sequence, mapping, alias
        /// The scalar's text was appended to the buffer.
        case scalar(isPlain: Bool)
        case other
    }

    let kind: Kind
    let place: YAMLPlace
    var anchor: String?
    var tag: String?
}

/// libyaml's parser, which keeps its own stack: no input makes it recurse.
@safe struct EventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeBufferPointer<UInt8>

    /// The bytes must outlive the parser.
    @unsafe init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe parser = .allocate(capacity: 1)
        unsafe input = bytes
        // Fails only without memory; every later call then says so.
        _ = unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event; the text of a scalar is appended to `text`.
    mutating func next(_ text: inout [UInt8]) throws(YAMLError) -> Event {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw error() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Event(event, &text)
    }
}

extension EventParser {
    private func error() -> YAMLError {
        let state = unsafe parser.pointee
        let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? ""
        if unsafe state.error == YAML_READER_ERROR {
            let place = unsafe place(ofByte: state.problem_offset)
            return SyntaxProblem(problem: problem).error(at: place)
        }
        let context = unsafe state.context.map { unsafe String(cString: $0) }
        return unsafe SyntaxProblem(
            problem: problem, context: context, begin: YAMLPlace(state.context_mark)
        ).error(at: unsafe YAMLPlace(state.problem_mark))
    }

    /// libyaml's reader counts bytes only.
    private func place(ofByte offset: Int) -> YAMLPlace {
        let before = unsafe input.prefix(offset)
        let lastLine = unsafe before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = unsafe before.count { $0 == UInt8(ascii: "\n") } + 1
        // What continues a character of UTF-8 takes no column.
        let column = unsafe before[lastLine...].count { $0 & 0xC0 != 0x80 } + 1
        return YAMLPlace(line: line, column: column)
    }
}

extension Event {
    @unsafe fileprivate init(_ event: yaml_event_t, _ text: inout [UInt8]) {
        unsafe place = YAMLPlace(event.start_mark)
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .collectionEnd
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequence
            unsafe name(event.data.sequence_start.anchor, event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            kind = .mapping
            unsafe name(event.data.mapping_start.anchor, event.data.mapping_start.tag)
        case YAML_ALIAS_EVENT:
            kind = .alias
            unsafe name(event.data.alias.anchor, nil)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            kind = .scalar(isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
            unsafe text.append(
                contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
            unsafe name(scalar.anchor, scalar.tag)
        default: kind = .other
        }
    }

    @unsafe private mutating func name(
        _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?
    ) {
        unsafe self.anchor = anchor.map { unsafe String(cString: $0) }
        unsafe self.tag = tag.map { unsafe String(cString: $0) }
    }
}

extension YAMLPlace {
    /// libyaml counts from zero.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
