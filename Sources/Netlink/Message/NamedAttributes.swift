// The kernel numbers some attributes in named C enums (rtattr_type_t, ctattr_type, …), which Swift
// imports as types of their own. These take the names as they are.

extension MessageWriter {
    mutating func put<Value: BitwiseCopyable>(
        _ type: some RawRepresentable<UInt32>, _ value: Value
    ) {
        put(Int(type.rawValue), value)
    }

    mutating func put(
        _ type: some RawRepresentable<UInt32>,
        bigEndian value: some FixedWidthInteger & BitwiseCopyable
    ) {
        put(Int(type.rawValue), bigEndian: value)
    }

    mutating func nest<Failure: Error>(
        _ type: some RawRepresentable<UInt32>,
        _ body: (inout MessageWriter) throws(Failure) -> Void
    ) throws(Failure) {
        try nest(Int(type.rawValue), body)
    }
}

extension Attributes {
    @_lifetime(copy self)
    consuming func first(
        _ type: some RawRepresentable<UInt32>
    ) throws(NetlinkError) -> Attribute? {
        try first(Int(type.rawValue))
    }
}

/// Lets a received attribute's number be matched against such a name in a `switch`.
func ~= (name: some RawRepresentable<UInt32>, type: Int) -> Bool {
    Int(name.rawValue) == type
}
