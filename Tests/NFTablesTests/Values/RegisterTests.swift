import Testing

@testable import NFTables

@Suite("Registers")
struct RegisterTests {
    @Test(
        "have the numbers that the kernel reports",
        arguments: [
            (0, 1), (1, 9), (3, 11), (4, 2), (5, 13), (8, 3), (12, 4), (15, 23),
        ] as [(Int, UInt32)])
    func numbers(_ index: Int, _ number: UInt32) {
        #expect(Register(index).number == number)
        #expect(Register(number: number) == Register(index))
    }

    @Test("the verdict register and unknown numbers are none", arguments: [0, 5, 7, 24, .max])
    func unknown(_ number: UInt32) {
        #expect(Register(number: number) == nil)
    }
}
