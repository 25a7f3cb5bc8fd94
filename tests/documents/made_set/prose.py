"""Sentences and citations for made documents: invented, about everyday work of education offices."""

from __future__ import annotations

from tests.documents.made_set.spec import Para, Point

_SENTENCES = (
    "Mỗi lớp ghi lại số sách các em mượn trong tuần và dán bảng tổng hợp ở cửa lớp vào chiều thứ Sáu.",
    "Phòng máy mở thêm hai buổi chiều để các em chưa có thiết bị ở nhà làm bài tập trực tuyến.",
    "Tổ trưởng xem lại kế hoạch bài dạy của tổ mình trước ngày 25 hằng tháng rồi gửi nhận xét bằng thư điện tử.",
    "Bếp ăn lưu mẫu thức ăn đủ 24 giờ, ghi nhiệt độ tủ lạnh hai lần mỗi ngày.",
    "Cha mẹ học sinh được mời dự giờ mở một lần trong mỗi học kỳ và góp ý bằng phiếu giấy hoặc phiếu điện tử.",
    "Số liệu trên phần mềm quản lý phải khớp với sổ gốc; chỗ nào lệch thì sửa sổ trước, sửa phần mềm sau.",
    "Đường dây trợ giúp nhận câu hỏi từ 7 giờ 30 phút đến 17 giờ các ngày làm việc.",
    "Các điểm trường lẻ dùng chung một bộ thiết bị lưu động, luân phiên mỗi tuần một điểm.",
    "Học liệu do thầy cô tự làm được lưu ở kho chung và ghi rõ tên người làm, ngày làm, bài học liên quan.",
    "Nhà trường không thu thêm khoản nào ngoài các khoản đã công khai ở bảng tin đầu năm học.",
    "Khi trời mưa lớn, các lớp chuyển hoạt động ngoài trời vào hội trường theo sơ đồ đã dán sẵn.",
    "Thầy cô mới về trường có một người hướng dẫn đi cùng trong ba tháng đầu.",
    "Việc họp trực tuyến chỉ dùng tài khoản do đơn vị cấp, không dùng tài khoản cá nhân.",
    "Mật khẩu dùng chung phải đổi sau mỗi đợt bàn giao thiết bị và không gửi qua tin nhắn.",
    "Thư viện dành một góc cho sách song ngữ và một góc cho sách do học sinh tự viết.",
    "Mỗi quý một lần, đơn vị rà soát danh mục hồ sơ điện tử và xóa bản trùng.",
    "Xe đưa đón dừng đúng điểm đã vạch, người quản lý điểm danh khi lên xe và khi xuống xe.",
    "Các em tự chọn câu lạc bộ trong tuần đầu tháng chín và được đổi một lần sau bốn tuần.",
    "Bài kiểm tra định kỳ được chấm chéo giữa hai lớp cùng khối để thống nhất cách cho điểm.",
    "Đơn vị nào chậm gửi số liệu quá ba ngày làm việc thì ghi rõ lý do trong công văn giải trình.",
    "Máy tính hỏng được dán nhãn đỏ và chuyển về kho sửa chữa trong ngày.",
    "Người dân gửi góp ý tại hộp thư của xã hoặc trên trang tin của trường, trả lời trong mười ngày.",
    "Kết quả khảo sát chỉ công bố ở mức toàn trường, không nêu tên từng em.",
    "Cán bộ phụ trách ghi nhật ký vận hành, nêu giờ bắt đầu và giờ khôi phục của mỗi sự cố.",
    "Trẻ mẫu giáo 5 tuổi được làm quen chữ cái qua trò chơi, không viết chính tả.",
    "Tiết học thể dục ở sân sau bắt đầu muộn hơn mười phút vào những ngày nắng gắt.",
    "Hội thi vẽ tranh nhận bài đến hết tuần thứ ba, ban giám khảo chấm công khai.",
    "Phần kinh phí chưa dùng hết được chuyển sang mua sách tham khảo cho các lớp cuối cấp.",
    "Mỗi đơn vị cử một đầu mối theo dõi và báo tên về bộ phận tổng hợp.",
    "Giấy tờ của học sinh chuyển trường được trả trong hai ngày, không yêu cầu nộp lại bản sao đã có.",
    "Tài khoản của người nghỉ hưu bị khóa ngay trong ngày bàn giao.",
    "Cổng trường đóng lúc 7 giờ 15 phút; em nào đến muộn ghi tên ở phòng trực.",
)  # fmt: skip
_POINTS = (
    "Rà soát máy chiếu, loa và dây điện ở các phòng học",
    "Lập danh sách học sinh cần mượn thiết bị trong học kỳ",
    "Cử người trực phòng máy theo ca, đổi ca vào thứ Hai",
    "Đăng lịch sinh hoạt chuyên môn lên trang tin nội bộ",
    "Gửi thư mời cha mẹ học sinh trước buổi họp ít nhất năm ngày",
    "Chụp ảnh hiện trạng sân chơi trước và sau khi sửa",
    "Ghi số liệu vào biểu mẫu chung, không lập biểu riêng",
    "Tổng hợp câu hỏi thường gặp và câu trả lời cho từng khối lớp",
    "Kiểm tra bình chữa cháy và lối thoát ở từng dãy nhà",
    "Bàn giao sổ sách cho người kế nhiệm có biên bản ký nhận",
    "Thử phương án dạy học khi mất mạng trong một buổi",
    "Nhắc thầy cô đổi mật khẩu vào tuần đầu của mỗi học kỳ",
    "Cập nhật sơ đồ lớp học và số điện thoại liên lạc",
    "Mở giờ đọc chung cho cả trường vào sáng thứ Tư",
)  # fmt: skip


def said(index: int, more: str = "") -> str:
    """One sentence, the same for the same number, and what is to follow it."""
    sentence = _SENTENCES[index % len(_SENTENCES)]
    return f"{sentence} {more}" if more else sentence


def para(index: int, more: str = "", note: str = "") -> Para:
    """A paragraph of two sentences, with what is to follow them."""
    return Para(f"{said(index)} {said(index * 5 + 7, more)}", note)


def points(style: str, first: int, count: int) -> tuple[Point, ...]:
    """A list of points "…;" the last of which ends in a full stop."""
    return tuple(
        Point(style, f"{_POINTS[(first + place) % len(_POINTS)]}{'.' if place == count - 1 else ';'}")
        for place in range(count)
    )


def cited(kind: str, number: str, when: str = "", by: str = "", about: str = "") -> str:
    """A document named in a sentence: "Quyết định số … ngày … của … về …"."""
    parts = [f"{kind} số ⟦{number}⟧" if kind else f"⟦{number}⟧"]
    parts += [f"ngày {when}"] if when else []
    parts += [f"của {by}"] if by else []
    parts += [about] if about else []
    return " ".join(parts)


def basis(kind: str, number: str, when: str = "", by: str = "", about: str = "", first: str = "Căn cứ") -> str:
    """A line of the preamble that names one document."""
    return f"{first} {cited(kind, number, when, by, about)};"
