/// One moment on both clocks: deadlines of others are times of day, our own waits are not.
package struct Moment: Hashable, Sendable {
    package let monotonic: MonotonicTime
    package let wall: WallTime

    package init(monotonic: MonotonicTime, wall: WallTime) {
        self.monotonic = monotonic
        self.wall = wall
    }

    package static var now: Moment { Moment(monotonic: .now, wall: .now) }
}
