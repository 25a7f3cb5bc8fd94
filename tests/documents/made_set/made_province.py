"""Made documents of provinces and their departments: plans with targets, letters to many, guidance, reports."""

from __future__ import annotations

from datetime import date

from tests.documents.made_set.prose import basis, cited, para, points
from tests.documents.made_set.spec import Annex, Document, Grid, Layout, Point, Section

_ROM, _ARA, _DEC, _LET = "roman", "arabic", "decimal", "letter"
_UBND = ("ỦY BAN NHÂN DÂN", "TỈNH VÍ DỤ")
_SO = ("UBND TỈNH VÍ DỤ", "SỞ GIÁO DỤC VÀ ĐÀO TẠO")
_SO_TEN = "Sở Giáo dục và Đào tạo tỉnh Ví Dụ"

_LONG_TABLE = tuple(
    (str(n), f"Trường số {n:02} của tỉnh", str(200 + 7 * n), f"{80 + n % 19},{n % 10}", "Đã có" if n % 3 else "")
    for n in range(1, 61)
)

PLAN_WITH_TARGETS = Document(
    name="tinh-ke-hoach-chi-tieu",
    offices=_UBND,
    issuer="Ủy ban nhân dân tỉnh Ví Dụ",
    kind="Kế hoạch",
    number="214/KH-UBND",
    place="Ví Dụ",
    day=date(2023, 9, 22),
    title="Chuyển đổi số trong giáo dục và đào tạo trên địa bàn tỉnh Ví Dụ\n"
    "giai đoạn 2023 - 2025, định hướng đến năm 2030",
    bases=(
        basis("Quyết định", "1310/QĐ-TTg", "25/01/2022", "Thủ tướng Chính phủ",
              "phê duyệt Đề án tăng cường ứng dụng công nghệ thông tin trong giáo dục", "Thực hiện"),
        basis("Kế hoạch", "96/KH-TU", "02/8/2023", "Tỉnh ủy", "về chuyển đổi số", "Thực hiện"),
    ),
    considered=(
        "Xét đề nghị của Sở Giáo dục và Đào tạo tại Tờ trình số ⟦1207/TTr-SGDĐT⟧ ngày 30/8/2023,",
    ),
    opening=("Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:",),
    body=(
        Section(_ROM, "MỤC TIÊU", (
            Section(_ARA, "Mục tiêu chung", (para(0),)),
            Section(_ARA, "Mục tiêu cụ thể", (
                Section(_DEC, "Đến năm 2025", (
                    Point("letter", "Có 90% trường phổ thông dùng học bạ số."),
                    Point("letter", "Có 75% giáo viên đạt chuẩn năng lực số mức cơ bản."),
                    Point("letter", "Có 100% khoản thu được thanh toán không dùng tiền mặt."),
                )),
                Section(_DEC, "Định hướng đến năm 2030", (
                    Point("letter", "Kho học liệu của tỉnh có ít nhất 12.000 học liệu."),
                    Point("letter", "Mọi điểm trường có đường truyền từ 100 Mbps."),
                )),
            )),
        )),
        Section(_ROM, "NHIỆM VỤ VÀ GIẢI PHÁP", (
            Section(_ARA, "Nâng cao nhận thức", (para(2), *points("dash", 0, 3))),
            Section(_ARA, "Phát triển hạ tầng và dữ liệu", (
                Section(_DEC, "Hạ tầng", (para(5), *points("plus", 3, 2))),
                Section(_DEC, "Dữ liệu", (para(7, "Việc này theo " + cited("Thông tư", "42/2021/TT-BGDĐT",
                        "30/12/2021", "Bộ Giáo dục và Đào tạo") + "."),)),
            )),
            Section(_ARA, "Phát triển kho học liệu số", (para(8),)),
        )),
        Section(_ROM, "KINH PHÍ", (para(16, note="Không kể phần do các địa phương tự cân đối."),)),
        Section(_ROM, "TỔ CHỨC THỰC HIỆN", (
            Section(_ARA, "Sở Giáo dục và Đào tạo", (
                Section(_LET, "Chủ trì", (para(20),)),
                Section(_LET, "Phối hợp", (para(21),)),
            )),
            Section(_ARA, "Sở Tài chính", (para(22),)),
            Section(_ARA, "Ủy ban nhân dân các huyện, thành phố", (para(23), *points("dash", 8, 2))),
        )),
    ),
    closing=("Trên đây là Kế hoạch chuyển đổi số, yêu cầu các đơn vị nghiêm túc thực hiện./.",),
    recipients=("Bộ Giáo dục và Đào tạo", "Thường trực Tỉnh ủy", "Các sở, ban, ngành", "Lưu: VT, VX"),
    signs_for=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
    office="PHÓ CHỦ TỊCH",
    signer_title="Phó Chủ tịch",
    signer="Hoàng Văn Thí Điểm",
    annexes=(
        Annex("PHỤ LỤC I", "CÁC CHỈ TIÊU CHUYỂN ĐỔI SỐ",
              "(Kèm theo Kế hoạch số 214/KH-UBND ngày 22 tháng 9 năm 2023 của Ủy ban nhân dân tỉnh Ví Dụ)", (
                  Grid((
                      ("TT", "Chỉ tiêu", "Đơn vị", "Kết quả đến năm", "", "Cơ quan chủ trì"),
                      ("", "", "", "2023", "2025", ""),
                      ("1", "Tỷ lệ trường dùng học bạ số", "%", "40", "90", "Sở Giáo dục và Đào tạo"),
                      ("2", "Tỷ lệ giáo viên đạt chuẩn năng lực số", "%", "35", "75", "Sở Giáo dục và Đào tạo"),
                      ("3", "Số học liệu trong kho dùng chung", "Học liệu", "1.500", "6.000", "Các trường"),
                      ("4", "Tỷ lệ điểm trường có đường truyền tốc độ cao", "%", "52", "95",
                       "Sở Khoa học và Công nghệ"),
                  ), header=2, spans=((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (0, 5, 2, 1)),
                      widths=(1, 5, 2, 2, 2, 3)),
              )),
        Annex("PHỤ LỤC II", "DANH SÁCH TRƯỜNG THAM GIA ĐỢT MỘT", "", (
            Grid((("TT", "Tên trường", "Số học sinh", "Điểm tự đánh giá", "Phòng máy"), *_LONG_TABLE),
                 widths=(1, 5, 2, 2, 2)),
        )),
    ),
    layout=Layout(seed=5),
)  # fmt: skip

LETTER_TO_MANY = Document(
    name="so-cong-van-nhieu-noi",
    offices=_SO,
    issuer=_SO_TEN,
    parent="UBND tỉnh Ví Dụ",
    kind="Công văn",
    number="2096/SGDĐT-CTTT",
    place="Ví Dụ",
    day=date(2024, 2, 19),
    title="phòng, chống dịch bệnh\ntrong trường học mùa xuân",
    addressees=("Trưởng phòng Giáo dục và Đào tạo các huyện, thành phố", "Hiệu trưởng các trường trực thuộc",
                "Giám đốc các trung tâm giáo dục thường xuyên"),
    bases=(basis("Công văn", "318/UBND-VX", "07/02/2024", "Ủy ban nhân dân tỉnh Ví Dụ",
                 "về việc giữ vệ sinh sau Tết", "Thực hiện"),),
    opening=("Sở Giáo dục và Đào tạo đề nghị các đơn vị thực hiện những việc sau:",),
    body=(
        Section(_ARA, "Vệ sinh lớp học và nhà bếp", (para(3), *points("dash", 5, 3))),
        Section(_ARA, "Theo dõi sức khỏe học sinh", (para(14, "Mẫu sổ theo "
                + cited("Hướng dẫn", "55/HD-SYT", "01/12/2023", "Sở Y tế") + "."),)),
        Section(_ARA, "Báo cáo", (para(19),)),
    ),
    closing=("Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị liên hệ phòng Chính trị tư tưởng./.",),
    recipients=("Như trên", "Giám đốc (để báo cáo)", "Lưu: VT, CTTT"),
    signs_for=("KT. GIÁM ĐỐC",),
    office="PHÓ GIÁM ĐỐC",
    signer_title="Phó Giám đốc",
    signer="Đỗ Thị Minh Họa",
    layout=Layout(seed=6, letterhead="table"),
)  # fmt: skip

GUIDANCE = Document(
    name="so-huong-dan-nam-hoc",
    offices=_SO,
    issuer=_SO_TEN,
    parent="UBND tỉnh Ví Dụ",
    kind="Hướng dẫn",
    number="433/HD-SGDĐT",
    place="Ví Dụ",
    day=date(2025, 8, 29),
    title="Thực hiện nhiệm vụ giáo dục tiểu học năm học 2025 - 2026",
    bases=(
        basis("Công văn", "4567/BGDĐT-GDTH", "05/8/2025", "Bộ Giáo dục và Đào tạo", first="Căn cứ"),
        basis("Quyết định", "1688/QĐ-UBND", "11/8/2025", "Ủy ban nhân dân tỉnh Ví Dụ",
              "ban hành kế hoạch thời gian năm học"),
    ),
    opening=("Sở Giáo dục và Đào tạo hướng dẫn thực hiện nhiệm vụ năm học như sau:",),
    body=(
        Section("upper", "NHIỆM VỤ CHUNG", (para(1), para(2))),
        Section("upper", "NHIỆM VỤ CỤ THỂ", (
            Section(_ROM, "Chương trình và kế hoạch dạy học", (
                Section(_ARA, "Xây dựng kế hoạch giáo dục nhà trường", (
                    Section(_DEC, "Yêu cầu", (para(4), *points("letter", 2, 5))),
                    Section(_DEC, "Quy trình", (para(6),)),
                )),
                Section(_ARA, "Dạy học hai buổi mỗi ngày", (para(9), *points("dash", 7, 3))),
            )),
            Section(_ROM, "Đội ngũ và cơ sở vật chất", (
                Section(_ARA, "Bồi dưỡng giáo viên", (para(11),)),
                Section(_ARA, "Thiết bị dạy học tối thiểu", (para(20, "Danh mục theo các Thông tư số "
                        "⟦37/2021/TT-BGDĐT⟧, số ⟦38/2021/TT-BGDĐT⟧ của Bộ Giáo dục và Đào tạo."),)),
            )),
        )),
        Section("upper", "TỔ CHỨC THỰC HIỆN", (para(28), para(29))),
    ),
    recipients=("Ủy ban nhân dân các xã, phường", "Các trường tiểu học", "Lưu: VT, GDTH"),
    signs_for=("KT. GIÁM ĐỐC",),
    office="PHÓ GIÁM ĐỐC",
    signer_title="Phó Giám đốc",
    signer="Vũ Thị Nháp",
    layout=Layout(seed=7, decimal_stop=False, justified=False),
)  # fmt: skip

REPORT = Document(
    name="so-bao-cao-quy",
    offices=_SO,
    issuer=_SO_TEN,
    parent="UBND tỉnh Ví Dụ",
    kind="Báo cáo",
    number="601/BC-SGDĐT",
    place="Ví Dụ",
    day=date(2024, 10, 3),
    title="Kết quả thực hiện học bạ số quý III năm 2024",
    bases=("Thực hiện Kế hoạch số ⟦214/KH-UBND⟧ ngày 22/9/2023 của Ủy ban nhân dân tỉnh, Sở Giáo dục và Đào tạo báo "
           "cáo kết quả như sau:",),
    body=(
        Section(_ROM, "KẾT QUẢ ĐẠT ĐƯỢC", (
            Section(_ARA, "Số trường đã dùng", (para(5), Grid((
                ("Cấp học", "Tổng số trường", "Đã dùng", "Tỷ lệ (%)"),
                ("Tiểu học", "212", "180", "84,9"),
                ("Trung học cơ sở", "148", "101", "68,2"),
                ("Trung học phổ thông", "39", "39", "100"),
            )))),
            Section(_ARA, "Kinh phí đã chi", (para(26),)),
        )),
        Section(_ROM, "KHÓ KHĂN, VƯỚNG MẮC", (*points("dash", 9, 4),)),
        Section(_ROM, "KIẾN NGHỊ", (
            Point("arabic", "Đề nghị Ủy ban nhân dân tỉnh cho phép gia hạn đến hết tháng 12."),
            Point("arabic", "Đề nghị Bộ Giáo dục và Đào tạo sớm sửa " + cited("Quyết định", "4998/QĐ-BGDĐT",
                  "31/12/2022") + " cho phù hợp."),
        )),
    ),
    closing=("Sở Giáo dục và Đào tạo trân trọng báo cáo./.",),
    recipients=("Ủy ban nhân dân tỉnh", "Ban Giám đốc", "Lưu: VT, VP"),
    office="GIÁM ĐỐC",
    signer_title="Giám đốc",
    signer="Ngô Văn Giả Sử",
    layout=Layout(seed=8, automatic=False),
)  # fmt: skip

CITY_PLAN_UNSIGNED = Document(
    name="thanh-pho-ke-hoach-khong-so",
    offices=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ MẪU"),
    issuer="Ủy ban nhân dân thành phố Mẫu",
    kind="Kế hoạch",
    number_printed="           /KH-UBND",
    title="Xây dựng trường học an toàn giao thông từ năm 2024 đến năm 2026",
    bases=(basis("Nghị quyết", "51-NQ/TU", "12/01/2024", "Thành ủy Mẫu", "về an toàn giao thông"),),
    opening=("Ủy ban nhân dân thành phố xây dựng Kế hoạch như sau:",),
    body=(
        Section(_ROM, "MỤC ĐÍCH", (para(16), para(31))),
        Section(_ROM, "NỘI DUNG THỰC HIỆN", (
            Section(_ARA, "Cổng trường", (Point("paren", "Kẻ vạch dừng xe cách cổng ít nhất 30 mét;"),
                    Point("paren", "Đặt biển báo hạn chế tốc độ ở hai đầu đường;"),
                    Point("paren", "Mở cổng phụ cho học sinh đi bộ."))),
            Section(_ARA, "Xe đưa đón", (para(18), *points("bracket", 3, 3))),
        )),
        Section(_ROM, "PHÂN CÔNG", (Grid((
            ("STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"),
            ("1", "Kẻ vạch, đặt biển báo", "Sở Xây dựng", "Tháng 6/2024"),
            ("2", "Ký cam kết với nhà xe", "Các trường", "Trước ngày 15/9/2024"),
            ("3", "Kiểm tra đột xuất", "Công an thành phố", "Hằng quý"),
        ), widths=(1, 4, 3, 3)),)),
    ),
    layout=Layout(seed=9),
)  # fmt: skip

DECISION_COMMITTEE = Document(
    name="so-quyet-dinh-ban-chi-dao",
    offices=_SO,
    issuer=_SO_TEN,
    parent="UBND tỉnh Ví Dụ",
    kind="Quyết định",
    number="748/QĐ-SGDĐT",
    place="Ví Dụ",
    day=date(2024, 4, 1),
    effective=date(2024, 4, 1),
    title="Về việc thành lập Ban Chỉ đạo phổ cập bơi cho học sinh",
    authority="GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    bases=(
        basis("Quyết định", "25/2023/QĐ-UBND", "17/7/2023", "Ủy ban nhân dân tỉnh Ví Dụ",
              "quy định chức năng, nhiệm vụ của Sở Giáo dục và Đào tạo"),
        basis("Kế hoạch", "66/KH-UBND", "20/02/2024", "Ủy ban nhân dân tỉnh", "về phòng, chống đuối nước"),
    ),
    considered=(
        "Theo đề nghị của Trưởng phòng Giáo dục thể chất.",
    ),
    verdict="QUYẾT ĐỊNH:",
    body=(
        Section("article", run_in="Thành lập Ban Chỉ đạo phổ cập bơi gồm các thành viên sau:", body=(
            Grid((("TT", "Họ và tên", "Chức vụ", "Nhiệm vụ"),
                  ("1", "Nguyễn Văn Ví Dụ", "Giám đốc", "Trưởng ban"),
                  ("2", "Trần Thị Thử", "Phó Giám đốc", "Phó trưởng ban"),
                  ("3", "Lê Giả Định", "Trưởng phòng", "Ủy viên")), widths=(1, 4, 3, 3)),)),
        Section("article", run_in="Ban Chỉ đạo có nhiệm vụ sau đây:", body=(*points("letter", 6, 3),)),
        Section("article", run_in="Quyết định này có hiệu lực kể từ ngày ký. Các ông, bà có tên tại Điều 1 chịu trách "
                "nhiệm thi hành Quyết định này./."),
    ),
    recipients=("Như Điều 3", "Lưu: VT, GDTC"),
    office="GIÁM ĐỐC",
    signer_title="Giám đốc",
    signer="Ngô Văn Giả Sử",
    layout=Layout(seed=10, tracked=True),
)  # fmt: skip

DOCUMENTS = (PLAN_WITH_TARGETS, LETTER_TO_MANY, GUIDANCE, REPORT, CITY_PLAN_UNSIGNED, DECISION_COMMITTEE)
