import Testing

@testable import Network

@Suite("What is left of a range without another")
struct AddressRangeSubtractionTests {
    @Test(arguments: [
        ("10.0.0.1-10.0.0.9", "10.0.0.4-10.0.0.5", "10.0.0.1-10.0.0.3 10.0.0.6-10.0.0.9"),
        ("10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.5", "10.0.0.6-10.0.0.9"),
        ("10.0.0.1-10.0.0.9", "10.0.0.5-10.0.0.99", "10.0.0.1-10.0.0.4"),
        ("10.0.0.1-10.0.0.9", "0.0.0.0-255.255.255.255", ""),
        ("10.0.0.1-10.0.0.9", "10.0.0.10-10.0.0.11", "10.0.0.1-10.0.0.9"),
        ("10.0.0.1-10.0.0.9", "fd00::-fd00::9", "10.0.0.1-10.0.0.9"),
        ("0.0.0.0-255.255.255.255", "0.0.0.0-0.0.0.0", "0.0.0.1-255.255.255.255"),
        ("0.0.0.0-255.255.255.255", "255.255.255.255-255.255.255.255", "0.0.0.0-255.255.255.254"),
        ("fd00::-fd00::1", "fd00::1-fd00::1", "fd00::-fd00::"),
    ])
    func subtracting(range: String, other: String, rest: String) throws {
        let left = try #require(AddressRange(range)).subtracting(try #require(AddressRange(other)))
        #expect(left.map(\.description).joined(separator: " ") == rest)
    }
}
