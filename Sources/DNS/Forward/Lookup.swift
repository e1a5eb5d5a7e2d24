/// What is asked of upstream servers on somebody's behalf.
package struct Lookup: Hashable, Sendable {
    package var name: DomainName
    package var type: RecordType
    package var recordClass: RecordClass
    /// The records of DNSSEC are wanted as well (DO).
    package var wantsDNSSEC = false
    /// What fails validation is wanted all the same (CD).
    package var checkingDisabled = false
    /// The asker understands the AD flag (RFC 6840 section 5.7).
    package var authenticData = false

    package init(
        _ name: DomainName, _ type: RecordType, _ recordClass: RecordClass = .internet
    ) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
    }
}
